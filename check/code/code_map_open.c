// code_map_open.c: reads from an ELF file which bytes of a program are where.
// SPDX-License-Identifier: MIT
//
// A region is a section that a segment loads: a segment may have the file's own header and gaps,
// and with armlink the initial values of RAM, all of which are no code. Neighbours are joined. A
// file without sections has segments.
#include "code_map.h"

#include <stdlib.h>
#include <string.h>

// More parts that do not join: no linker makes them.
enum { MOST_REGIONS = 4096 };

static const char not_ours[] = "give the file that the linker made for an STM32";

struct reader {
    struct code_map *map;
    const struct elf_file *file;
    size_t room;
    uint64_t bytes;  // of all regions
    bool by_address; // this linker has left all load addresses 0
};

static bool has_bytes(const struct elf_file *file, const struct elf_segment *segment)
{
    return segment->type == ELF_LOAD && segment->file_size &&
           elf_file_holds(file, segment->offset, segment->file_size);
}

static bool is_loaded(const struct elf_file *file, const struct elf_section *section)
{
    return section->flags & ELF_ALLOC && section->type != ELF_NOBITS && section->size &&
           elf_file_holds(file, section->offset, section->size);
}

static bool grow(struct reader *reader)
{
    struct code_map *map = reader->map;

    if (map->count < reader->room) {
        return true;
    }
    size_t room = reader->room ? reader->room * 2 : 32;
    struct code_region *regions = realloc(map->regions, room * sizeof *regions);
    if (!regions) {
        return false;
    }
    map->regions = regions;
    reader->room = room;
    return true;
}

// A region that would leave the address space is cut.
static int add_region(struct reader *reader, const struct code_region *region,
                      struct problem *problem)
{
    const struct elf_file *file = reader->file;
    uint32_t room = UINT32_MAX - region->address;

    reader->bytes += region->size;
    if (reader->bytes > file->size) {
        return problem_set(problem, EXIT_USAGE, not_ours, "%s: ELF that loads more than it has",
                           file->path);
    }
    if (!grow(reader)) {
        return problem_no_memory(problem, "%s", file->path);
    }
    struct code_region *added = &reader->map->regions[reader->map->count++];
    *added = *region;
    added->size = region->size < room ? region->size : room;
    return 0;
}

// Whether all bytes of the section lie in the segment.
static bool is_inside(const struct elf_section *section, const struct elf_segment *segment)
{
    return section->offset >= segment->offset && (uint64_t)section->offset + section->size <=
                                                     (uint64_t)segment->offset + segment->file_size;
}

static int read_section(struct reader *reader, const struct elf_section *section,
                        struct problem *problem)
{
    const struct elf_file *file = reader->file;

    for (uint32_t i = 0; i < file->segment_count; i++) {
        struct elf_segment segment = elf_file_segment(file, i);
        if (!has_bytes(file, &segment) || !is_inside(section, &segment)) {
            continue;
        }
        uint32_t load_address = segment.load_address + (section->offset - segment.offset);
        struct code_region region = {.address = section->address,
                                     .load_address =
                                         reader->by_address ? section->address : load_address,
                                     .size = section->size,
                                     .bytes = file->bytes + section->offset,
                                     .executable = section->flags & ELF_CODE};
        return add_region(reader, &region, problem);
    }
    return 0; // image_open() has a note of it
}

static int read_sections(struct reader *reader, struct problem *problem)
{
    for (uint32_t i = 0; i < reader->file->section_count; i++) {
        struct elf_section section = elf_file_section(reader->file, i);
        int error = is_loaded(reader->file, &section) ? read_section(reader, &section, problem) : 0;
        if (error) {
            return error;
        }
    }
    return 0;
}

static int read_segments(struct reader *reader, struct problem *problem)
{
    for (uint32_t i = 0; i < reader->file->segment_count; i++) {
        struct elf_segment segment = elf_file_segment(reader->file, i);
        if (!has_bytes(reader->file, &segment)) {
            continue;
        }
        struct code_region region = {.address = segment.address,
                                     .load_address = reader->by_address ? segment.address
                                                                        : segment.load_address,
                                     .size = segment.file_size,
                                     .bytes = reader->file->bytes + segment.offset,
                                     .executable = segment.flags & ELF_EXECUTE};
        int error = add_region(reader, &region, problem);
        if (error) {
            return error;
        }
    }
    return 0;
}

static bool loads_by_address(const struct elf_file *file)
{
    for (uint32_t i = 0; i < file->segment_count; i++) {
        struct elf_segment segment = elf_file_segment(file, i);
        if (has_bytes(file, &segment) && segment.load_address) {
            return false;
        }
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct code_region *one = a, *other = b;

    if (one->address != other->address) {
        return one->address < other->address ? -1 : 1;
    }
    if (one->size != other->size) {
        return one->size < other->size ? -1 : 1;
    }
    return (one->bytes > other->bytes) - (one->bytes < other->bytes);
}

static bool joins(const struct code_region *region, const struct code_region *next)
{
    return next->address - region->address == region->size &&
           next->load_address - region->load_address == region->size &&
           region->bytes + region->size == next->bytes && region->executable == next->executable;
}

static void join(struct code_map *map)
{
    size_t kept = 0;

    for (size_t i = 0; i < map->count; i++) {
        if (kept && joins(&map->regions[kept - 1], &map->regions[i])) {
            map->regions[kept - 1].size += map->regions[i].size;
        } else {
            map->regions[kept++] = map->regions[i];
        }
    }
    map->count = kept;
}

// A file that does not say what is code may have it everywhere.
static void settle_code(struct code_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        if (map->regions[i].executable) {
            return;
        }
    }
    for (size_t i = 0; i < map->count; i++) {
        map->regions[i].executable = true;
    }
}

int code_map_open(struct code_map *map, const struct elf_file *file, struct problem *problem)
{
    struct reader reader = {.map = map, .file = file, .by_address = loads_by_address(file)};

    *map = (struct code_map){0};
    int error = read_sections(&reader, problem);
    if (error == 0 && map->count == 0) {
        error = read_segments(&reader, problem);
    }
    if (error == 0 && map->count) {
        settle_code(map);
        qsort(map->regions, map->count, sizeof *map->regions, compare);
        join(map);
    }
    if (error == 0 && map->count > MOST_REGIONS) {
        error = problem_set(problem, EXIT_USAGE, not_ours,
                            "%s: ELF with %zu parts at addresses of their own, which no linker "
                            "makes",
                            file->path, map->count);
    }
    if (error) {
        code_map_close(map);
    }
    return error;
}

void code_map_close(struct code_map *map)
{
    free(map->regions);
    *map = (struct code_map){0};
}
