// image_elf.c: reads what an ELF file has a chip load: the bytes of its sections.
// SPDX-License-Identifier: MIT
//
// A segment may cover more than its sections: linkers that align segments to pages put the file's
// own header, and zeros behind it, in front of the first section. That is never loaded: what lies
// there on the chip may be somebody's boot loader.
//
// armlink makes one segment of a load region, and sections of what its parts become when the
// program runs: initial values of RAM have their address in RAM, and may be compressed (Arm DUI
// 0474, "ELF image file view"). Such a segment is loaded as it is.
#include "elf_file.h"
#include "image_elf_symbols.h"
#include "image_reader.h"

static const char cut_short[] = "the file is cut short: build it again, or copy it again";
static const char not_elf[] = "give the file that the linker made for an STM32";

struct loader {
    struct image *image;
    const struct source *source;
    struct elf_file file;
    bool by_address;                // this linker has left all load addresses 0
    bool region[ELF_MOST_SEGMENTS]; // the segment with this number was loaded as it is
    uint64_t loaded;                // bytes
    size_t lost;                    // sections that no segment loads
    struct elf_section first_lost;
};

static bool is_loaded(const struct elf_section *section)
{
    return section->flags & ELF_ALLOC && section->type != ELF_NOBITS && section->size;
}

static bool has_bytes(const struct elf_segment *segment)
{
    return segment->type == ELF_LOAD && segment->file_size;
}

static int check_type(const struct elf_file *file, struct problem *problem)
{
    for (uint32_t i = 0; i < file->segment_count; i++) {
        if (elf_file_segment(file, i).type == ELF_INTERPRETER) {
            return problem_set(problem, EXIT_USAGE, not_elf, "%s: ELF program for Linux on ARM",
                               file->path);
        }
    }
    if (file->type == ELF_RELOCATABLE) {
        return problem_set(problem, EXIT_USAGE, "link it: an object file cannot be flashed",
                           "%s: ELF object file, not linked yet", file->path);
    }
    if (file->type != ELF_EXECUTABLE && file->type != ELF_SHARED) {
        return problem_set(problem, EXIT_USAGE, not_elf, "%s: ELF, but not a program (type %u)",
                           file->path, file->type);
    }
    return 0;
}

// All segments must lie in the file, also those that no section looks at: a file that ends early is
// not what the linker made.
static int check_segments(struct loader *loader, struct problem *problem)
{
    const struct elf_file *file = &loader->file;

    loader->by_address = true;
    for (uint32_t i = 0; i < file->segment_count; i++) {
        struct elf_segment segment = elf_file_segment(file, i);
        if (!has_bytes(&segment)) {
            continue;
        }
        if (!elf_file_holds(file, segment.offset, segment.file_size)) {
            return problem_set(problem, EXIT_USAGE, cut_short,
                               "%s: ELF cut short in the segment for 0x%08X", file->path,
                               (unsigned)segment.load_address);
        }
        loader->by_address = loader->by_address && segment.load_address == 0;
    }
    return 0;
}

static int load(struct loader *loader, const struct elf_segment *segment, uint32_t offset,
                uint32_t size, struct problem *problem)
{
    uint32_t start = loader->by_address ? segment->address : segment->load_address;

    loader->loaded += size;
    if (loader->loaded > loader->file.size) {
        return problem_set(problem, EXIT_USAGE, not_elf, "%s: ELF that loads more than it has",
                           loader->file.path);
    }
    return image_append(loader->image, loader->source, start + (offset - segment->offset),
                        loader->file.bytes + offset, size, problem);
}

enum inside { OUTSIDE, PARTLY, WHOLLY };

static enum inside where(const struct elf_section *section, const struct elf_segment *segment)
{
    uint64_t segment_end = (uint64_t)segment->offset + segment->file_size;
    uint64_t section_end = (uint64_t)section->offset + section->size;

    if (!has_bytes(segment) || section_end <= segment->offset || section->offset >= segment_end) {
        return OUTSIDE;
    }
    return section->offset >= segment->offset && section_end <= segment_end ? WHOLLY : PARTLY;
}

// Whether the section lies as far behind the segment's beginning in memory as it does in the file.
static bool fits(const struct elf_section *section, const struct elf_segment *segment)
{
    return section->address - segment->address == section->offset - segment->offset;
}

// Whether a section in it is not where the segment would have it: this is a load region of armlink.
static bool is_load_region(const struct elf_file *file, const struct elf_segment *segment)
{
    for (uint32_t i = 0; i < file->section_count; i++) {
        struct elf_section section = elf_file_section(file, i);
        if (is_loaded(&section) && where(&section, segment) != OUTSIDE &&
            !fits(&section, segment)) {
            return true;
        }
    }
    return false;
}

// Where the file's own headers end, as far as they follow each other from its beginning.
static uint32_t headers_end(const struct elf_file *file)
{
    return file->segment_offset <= ELF_HEADER_BYTES
               ? file->segment_offset + file->segment_count * ELF_SEGMENT_BYTES
               : ELF_HEADER_BYTES;
}

// Without sections nothing tells the zeros behind the headers from data.
static int load_behind_headers(struct loader *loader, const struct elf_segment *segment,
                               struct problem *problem)
{
    uint32_t end = headers_end(&loader->file);
    uint32_t start = segment->offset < end ? end : segment->offset;
    uint64_t segment_end = (uint64_t)segment->offset + segment->file_size;

    if (start >= segment_end) {
        return 0;
    }
    if (start != segment->offset && loader->file.bytes[start] == 0) {
        return problem_set(problem, EXIT_USAGE,
                           "the file as the linker made it, with its section headers",
                           "%s: ELF without section headers, whose segment for 0x%08X begins with "
                           "the file's header: where its data begins cannot be told",
                           loader->file.path, (unsigned)segment->load_address);
    }
    return load(loader, segment, start, (uint32_t)(segment_end - start), problem);
}

static int load_regions(struct loader *loader, bool *any, struct problem *problem)
{
    for (uint32_t i = 0; i < loader->file.segment_count; i++) {
        struct elf_segment segment = elf_file_segment(&loader->file, i);
        loader->region[i] = has_bytes(&segment) && is_load_region(&loader->file, &segment);
        *any = *any || loader->region[i];
        int error = loader->region[i] ? load_behind_headers(loader, &segment, problem) : 0;
        if (error) {
            return error;
        }
    }
    return 0;
}

// A section is loaded with the segment that its bytes lie in.
static int load_section(struct loader *loader, const struct elf_section *section,
                        struct problem *problem)
{
    for (uint32_t i = 0; i < loader->file.segment_count; i++) {
        struct elf_segment segment = elf_file_segment(&loader->file, i);
        enum inside inside = where(section, &segment);
        if (inside != OUTSIDE && loader->region[i]) {
            return 0; // with its load region
        }
        if (inside == PARTLY) {
            return problem_set(problem, EXIT_USAGE, not_elf,
                               "%s: ELF whose section %s for 0x%08X is only partly in a segment",
                               loader->file.path, elf_file_section_name(&loader->file, section),
                               (unsigned)section->address);
        }
        if (inside == WHOLLY) {
            return load(loader, &segment, section->offset, section->size, problem);
        }
    }
    loader->first_lost = loader->lost++ ? loader->first_lost : *section;
    return 0;
}

static int load_sections(struct loader *loader, bool *any, struct problem *problem)
{
    int error = load_regions(loader, any, problem);

    for (uint32_t i = 0; i < loader->file.section_count && error == 0; i++) {
        struct elf_section section = elf_file_section(&loader->file, i);
        if (is_loaded(&section)) {
            *any = true;
            error = load_section(loader, &section, problem);
        }
    }
    if (error == 0 && loader->lost) {
        image_note(loader->image, "section %s, %u bytes for 0x%08X%s, is in no segment: left out",
                   elf_file_section_name(&loader->file, &loader->first_lost),
                   (unsigned)loader->first_lost.size, (unsigned)loader->first_lost.address,
                   loader->lost > 1 ? ", and others" : "");
    }
    return error;
}

static int load_segments(struct loader *loader, struct problem *problem)
{
    for (uint32_t i = 0; i < loader->file.segment_count; i++) {
        struct elf_segment segment = elf_file_segment(&loader->file, i);
        int error = has_bytes(&segment) ? load_behind_headers(loader, &segment, problem) : 0;
        if (error) {
            return error;
        }
    }
    return 0;
}

static void read_architecture(struct image *image, const struct elf_file *file)
{
    for (uint32_t i = 0; i < file->section_count; i++) {
        struct elf_section section = elf_file_section(file, i);
        if (section.type == ELF_ARM_ATTRIBUTES &&
            elf_file_holds(file, section.offset, section.size)) {
            image->architecture =
                image_elf_architecture(file->bytes + section.offset, section.size);
            image->profile = image_elf_profile(file->bytes + section.offset, section.size);
        }
    }
}

static int check_loaded(const struct loader *loader, struct problem *problem)
{
    if (loader->image->count == 0) {
        return problem_set(problem, EXIT_USAGE, not_elf, "%s: ELF without anything to load",
                           loader->file.path);
    }
    if (loader->file.type == ELF_SHARED && loader->by_address &&
        loader->image->segments[0].address < loader->file.size) {
        return problem_set(problem, EXIT_USAGE, "link it for the flash of an STM32",
                           "%s: ELF shared library, or a program that has no address yet",
                           loader->file.path);
    }
    return 0;
}

bool image_elf_matches(const struct source *source)
{
    return elf_file_matches(source->bytes, source->size);
}

int image_elf_read(struct image *image, const struct source *source, struct problem *problem)
{
    struct loader loader = {.image = image, .source = source};
    bool any = false;

    image->format = IMAGE_ELF;
    int error = elf_file_open(&loader.file, source->path, source->bytes, source->size, problem);
    if (error == 0) {
        error = check_type(&loader.file, problem);
    }
    if (error == 0) {
        error = check_segments(&loader, problem);
    }
    if (error == 0) {
        error = load_sections(&loader, &any, problem);
    }
    if (error == 0 && !any) {
        error = load_segments(&loader, problem);
    }
    if (error == 0) {
        error = image_elf_read_symbols(image, &loader.file, problem);
    }
    if (error == 0) {
        read_architecture(image, &loader.file);
        error = check_loaded(&loader, problem);
    }
    return error;
}
