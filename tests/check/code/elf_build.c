// elf_build.c: writes the tables of a small ELF file.
// SPDX-License-Identifier: MIT
#include "elf_build.h"

#include "elf_file.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 0x10000, SYMBOL = 16, FUNCTION = 0x12 }; // global and a function

struct builder {
    uint8_t *bytes;
    uint32_t at;      // where the next bytes go
    uint32_t section; // ... and the next section header, relative to sections[]
    uint8_t sections[32 * ELF_SECTION_BYTES];
    char names[1024];
    uint32_t names_size;
};

static void put_word(uint8_t *at, uint32_t word)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(word >> 8 * i);
    }
}

static uint32_t put_name(struct builder *builder, const char *name)
{
    uint32_t place = builder->names_size;

    memcpy(builder->names + place, name, strlen(name) + 1);
    builder->names_size += (uint32_t)strlen(name) + 1;
    return place;
}

static void put_section(struct builder *builder, const char *name,
                        const struct elf_section *section)
{
    uint8_t *at = builder->sections + builder->section;
    const uint32_t words[] = {
        put_name(builder, name), section->type, section->flags, section->address,
        section->offset,         section->size, section->link};

    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        put_word(at + 4 * i, words[i]);
    }
    builder->section += ELF_SECTION_BYTES;
}

static uint32_t put_bytes(struct builder *builder, const void *bytes, uint32_t size)
{
    uint32_t place = builder->at;

    memcpy(builder->bytes + place, bytes, size);
    builder->at += (size + 3) & ~3u;
    return place;
}

static void put_part(struct builder *builder, const struct elf_part *part, uint32_t number)
{
    enum { PROGBITS = 1 };
    uint32_t offset = part->in_no_file ? builder->at : put_bytes(builder, part->bytes, part->size);
    uint32_t in_file = part->in_no_file ? 0 : part->size;
    uint8_t *at = builder->bytes + ELF_HEADER_BYTES + number * ELF_SEGMENT_BYTES;
    const uint32_t words[] = {ELF_LOAD, offset,     part->address,           part->load_address,
                              in_file,  part->size, part->is_code ? 5u : 6u, 4};

    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        put_word(at + 4 * i, words[i]);
    }
    put_section(
        builder, part->name,
        &(struct elf_section){.type = part->in_no_file ? (uint32_t)ELF_NOBITS : (uint32_t)PROGBITS,
                              .flags = ELF_ALLOC | (part->is_code ? (uint32_t)ELF_CODE : 0),
                              .address = part->address,
                              .offset = offset,
                              .size = part->size});
}

// All of them say that they are in the first part.
static void put_functions(struct builder *builder, const struct elf_function *functions)
{
    uint32_t offset = builder->at, count = 1;
    uint8_t symbol[SYMBOL] = {0};

    put_bytes(builder, symbol, SYMBOL);
    for (; functions->name; functions++, count++) {
        put_word(symbol, put_name(builder, functions->name));
        put_word(symbol + 4, functions->address | 1);
        put_word(symbol + 8, functions->size);
        put_word(symbol + 12, FUNCTION | 1u << 16);
        put_bytes(builder, symbol, SYMBOL);
    }
    put_section(builder, ".symtab",
                &(struct elf_section){.type = ELF_SYMBOLS,
                                      .offset = offset,
                                      .size = count * SYMBOL,
                                      .link = builder->section / ELF_SECTION_BYTES + 1});
}

static void put_names(struct builder *builder)
{
    uint32_t name = put_name(builder, ".strtab");
    uint8_t *at = builder->sections + builder->section;

    put_section(builder, "",
                &(struct elf_section){
                    .type = ELF_STRINGS, .offset = builder->at, .size = builder->names_size + 1});
    put_word(at, name);
    put_bytes(builder, builder->names, builder->names_size);
}

static void put_attributes(struct builder *builder, const struct elf_plan *plan)
{
    const uint8_t attributes[] = {'A', 21,
                                  0,   0,
                                  0,   'a',
                                  'e', 'a',
                                  'b', 'i',
                                  0,   1,
                                  11,  0,
                                  0,   0,
                                  6,   plan->architecture,
                                  7,   (uint8_t)plan->profile,
                                  0,   0};

    put_section(builder, ".ARM.attributes",
                &(struct elf_section){.type = ELF_ARM_ATTRIBUTES,
                                      .offset = builder->at,
                                      .size = plan->profile ? 20 : 18});
    put_bytes(builder, attributes, sizeof attributes);
}

static void put_header(struct builder *builder, const struct elf_plan *plan, uint32_t segments)
{
    static const uint8_t beginning[] = {0x7F, 'E', 'L', 'F', 1, 1, 1};
    uint8_t *bytes = builder->bytes;
    uint32_t sections = builder->section / ELF_SECTION_BYTES;

    memcpy(bytes, beginning, sizeof beginning);
    put_word(bytes + 16, (plan->type ? plan->type : (uint32_t)ELF_EXECUTABLE) | 40u << 16);
    put_word(bytes + 20, 1);
    put_word(bytes + 28, ELF_HEADER_BYTES);
    put_word(bytes + 40, ELF_HEADER_BYTES | (uint32_t)ELF_SEGMENT_BYTES << 16);
    put_word(bytes + 44, segments | (uint32_t)ELF_SECTION_BYTES << 16);
    if (!plan->without_sections) {
        put_word(bytes + 32, put_bytes(builder, builder->sections, builder->section));
        put_word(bytes + 48, sections | (sections - 1) << 16);
    }
}

uint8_t *elf_build(const struct elf_plan *plan, size_t *size)
{
    struct builder builder = {.bytes = calloc(1, ROOM), .section = ELF_SECTION_BYTES};
    uint32_t count = 0;

    if (!builder.bytes) {
        abort();
    }
    put_name(&builder, "");
    while (plan->parts[count].name) {
        count++;
    }
    builder.at = ELF_HEADER_BYTES + count * ELF_SEGMENT_BYTES;
    for (uint32_t i = 0; i < count; i++) {
        put_part(&builder, &plan->parts[i], i);
    }
    if (plan->architecture) {
        put_attributes(&builder, plan);
    }
    if (plan->functions) {
        put_functions(&builder, plan->functions);
    }
    put_names(&builder);
    put_header(&builder, plan, count);
    *size = builder.at;
    return builder.bytes;
}
