// elf_file.c: reads the headers of an ELF file, and refuses what is not for an STM32.
// SPDX-License-Identifier: MIT
//
// The file may be cut short or made to do harm: sizes and offsets are added in 64 bits and compared
// with the size of the file before anything is read.
#include "elf_file.h"

#include "image_bytes.h"

#include <string.h>

// Where the header has what (TIS ELF 1.2, figure 1-3).
enum {
    AT_CLASS = 4,
    AT_DATA = 5,
    IDENT_BYTES = 16,
    AT_TYPE = 16,
    AT_MACHINE = 18,
    AT_SEGMENTS = 28,
    AT_SECTIONS = 32,
    AT_SEGMENT_BYTES = 42,
    AT_SEGMENT_COUNT = 44,
    AT_SECTION_BYTES = 46,
    AT_SECTION_COUNT = 48,
    AT_NAMES = 50,
};
enum { CLASS_32 = 1, CLASS_64 = 2, LITTLE_ENDIAN_DATA = 1, BIG_ENDIAN_DATA = 2, MACHINE_ARM = 40 };
// What counts too large for 16 bits stand in the first section header.
enum {
    SEGMENTS_ELSEWHERE = 0xFFFF,
    NAMES_ELSEWHERE = 0xFFFF,
    AT_SECTION_SIZE = 20,
    AT_SECTION_INFO = 28
};

static const char cut_short[] = "the file is cut short: build it again, or copy it again";
static const char not_ours[] = "give the file that the linker made for an STM32";

bool elf_file_matches(const uint8_t *bytes, size_t size)
{
    static const uint8_t magic[] = {0x7F, 'E', 'L', 'F'};

    return size >= sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
}

// What users call a machine, from the ABI's registry of e_machine; NULL where they would not know.
static const char *machine_name(unsigned machine)
{
    static const struct {
        unsigned machine;
        const char *name;
    } names[] = {
        {3, "x86"},          {8, "MIPS"},     {20, "PowerPC"},   {21, "PowerPC, 64-bit"},
        {40, "ARM"},         {62, "x86-64"},  {83, "AVR"},       {92, "OpenRISC"},
        {94, "Xtensa"},      {105, "MSP430"}, {106, "Blackfin"}, {173, "RX"},
        {183, "64-bit ARM"}, {185, "AVR32"},  {243, "RISC-V"},   {258, "LoongArch"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].machine == machine) {
            return names[i].name;
        }
    }
    return NULL;
}

static int refuse_machine(const struct elf_file *file, unsigned machine, const char *why,
                          struct problem *problem)
{
    const char *name = machine_name(machine);

    return problem_set(problem, EXIT_USAGE, not_ours, "%s: ELF for %s%s%u%s, %s", file->path,
                       name ? name : "", name ? " (machine " : "machine ", machine, name ? ")" : "",
                       why);
}

static int check_machine(const struct elf_file *file, struct problem *problem)
{
    const uint8_t *bytes = file->bytes;

    if (file->size < IDENT_BYTES) {
        return problem_set(problem, EXIT_USAGE, cut_short, "%s: ELF cut short after %zu bytes",
                           file->path, file->size);
    }
    if (file->size < ELF_HEADER_BYTES) {
        return problem_set(problem, EXIT_USAGE, cut_short, "%s: ELF cut short in its header",
                           file->path);
    }
    bool big = bytes[AT_DATA] == BIG_ENDIAN_DATA;
    unsigned machine = half_at(bytes + AT_MACHINE);
    if (big) {
        machine = (machine >> 8 | machine << 8) & 0xFFFF;
    }
    if (bytes[AT_CLASS] != CLASS_32 || bytes[AT_DATA] != LITTLE_ENDIAN_DATA) {
        return refuse_machine(file, machine, "not 32-bit little-endian, so not for an STM32",
                              problem);
    }
    return machine == MACHINE_ARM ? 0 : refuse_machine(file, machine, "not for ARM (40)", problem);
}

bool elf_file_holds(const struct elf_file *file, uint32_t offset, uint32_t size)
{
    return offset <= file->size && size <= file->size - offset;
}

// The counts, which a file with very many of them keeps in the first section header.
static int read_counts(struct elf_file *file, struct problem *problem)
{
    const uint8_t *bytes = file->bytes;

    file->segment_offset = word_at(bytes + AT_SEGMENTS);
    file->section_offset = word_at(bytes + AT_SECTIONS);
    file->segment_count = half_at(bytes + AT_SEGMENT_COUNT);
    file->section_count = half_at(bytes + AT_SECTION_COUNT);
    // A place behind the end of the file for no sections is what some tools leave of a table.
    bool elsewhere = file->section_count == 0 && file->section_offset != 0 &&
                     elf_file_holds(file, file->section_offset, ELF_SECTION_BYTES);
    if (!elsewhere && file->segment_count != SEGMENTS_ELSEWHERE) {
        return 0;
    }
    if (!elf_file_holds(file, file->section_offset, ELF_SECTION_BYTES)) {
        return problem_set(problem, EXIT_USAGE, cut_short,
                           "%s: ELF cut short before its section headers", file->path);
    }
    const uint8_t *first = bytes + file->section_offset;
    if (elsewhere) {
        file->section_count = word_at(first + AT_SECTION_SIZE);
    }
    if (file->segment_count == SEGMENTS_ELSEWHERE) {
        file->segment_count = word_at(first + AT_SECTION_INFO);
    }
    return 0;
}

static bool holds_table(const struct elf_file *file, uint32_t offset, uint32_t count, uint32_t each)
{
    return offset <= file->size && count <= (file->size - offset) / each;
}

static int check_tables(const struct elf_file *file, struct problem *problem)
{
    unsigned segment_bytes = half_at(file->bytes + AT_SEGMENT_BYTES);
    unsigned section_bytes = half_at(file->bytes + AT_SECTION_BYTES);

    if ((file->segment_count && segment_bytes != ELF_SEGMENT_BYTES) ||
        (file->section_count && section_bytes != ELF_SECTION_BYTES)) {
        return problem_set(problem, EXIT_USAGE, not_ours,
                           "%s: ELF whose headers have %u and %u bytes, not %u and %u", file->path,
                           segment_bytes, section_bytes, ELF_SEGMENT_BYTES, ELF_SECTION_BYTES);
    }
    if (file->segment_count > ELF_MOST_SEGMENTS) {
        return problem_set(problem, EXIT_USAGE, not_ours,
                           "%s: ELF with %u segments, which no linker makes", file->path,
                           file->segment_count);
    }
    if (!holds_table(file, file->segment_offset, file->segment_count, ELF_SEGMENT_BYTES)) {
        return problem_set(problem, EXIT_USAGE, cut_short,
                           "%s: ELF cut short in its program headers", file->path);
    }
    if (!holds_table(file, file->section_offset, file->section_count, ELF_SECTION_BYTES)) {
        return problem_set(problem, EXIT_USAGE, cut_short,
                           "%s: ELF cut short before its section headers", file->path);
    }
    return 0;
}

int elf_file_open(struct elf_file *file, const char *path, const uint8_t *bytes, size_t size,
                  struct problem *problem)
{
    *file = (struct elf_file){.path = path, .bytes = bytes, .size = size};
    int error = check_machine(file, problem);
    if (error == 0) {
        file->type = half_at(bytes + AT_TYPE);
        error = read_counts(file, problem);
    }
    return error ? error : check_tables(file, problem);
}

struct elf_segment elf_file_segment(const struct elf_file *file, uint32_t number)
{
    const uint8_t *at = file->bytes + file->segment_offset + (size_t)number * ELF_SEGMENT_BYTES;

    return (struct elf_segment){.type = word_at(at),
                                .offset = word_at(at + 4),
                                .address = word_at(at + 8),
                                .load_address = word_at(at + 12),
                                .file_size = word_at(at + 16),
                                .flags = word_at(at + 24)};
}

struct elf_section elf_file_section(const struct elf_file *file, uint32_t number)
{
    const uint8_t *at = file->bytes + file->section_offset + (size_t)number * ELF_SECTION_BYTES;

    return (struct elf_section){.name = word_at(at),
                                .type = word_at(at + 4),
                                .flags = word_at(at + 8),
                                .address = word_at(at + 12),
                                .offset = word_at(at + 16),
                                .size = word_at(at + 20),
                                .link = word_at(at + 24)};
}

const char *elf_file_text(const struct elf_file *file, uint32_t section, uint32_t offset)
{
    if (section >= file->section_count) {
        return NULL;
    }
    struct elf_section strings = elf_file_section(file, section);
    if (strings.type != ELF_STRINGS || !elf_file_holds(file, strings.offset, strings.size) ||
        offset >= strings.size) {
        return NULL;
    }
    // Where the last byte ends a text, each text ends: nothing has to be looked through.
    const uint8_t *texts = file->bytes + strings.offset;
    return texts[strings.size - 1] == '\0' ? (const char *)texts + offset : NULL;
}

const char *elf_file_section_name(const struct elf_file *file, const struct elf_section *section)
{
    uint32_t names = half_at(file->bytes + AT_NAMES);

    if (names == NAMES_ELSEWHERE && file->section_count) {
        names = elf_file_section(file, 0).link;
    }
    const char *name = elf_file_text(file, names, section->name);
    return name ? name : "";
}
