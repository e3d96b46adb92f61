// image_elf_symbols.c: reads the symbol tables of an ELF file.
// SPDX-License-Identifier: MIT
#include "image_elf_symbols.h"

#include "image_bytes.h"

#include <stdlib.h>
#include <string.h>

enum { SYMBOL_BYTES = 16 };
enum { TYPE_NONE = 0, TYPE_OBJECT = 1, TYPE_FUNCTION = 2, BIND_WEAK = 2 };
enum { UNDEFINED = 0, FIRST_RESERVED = 0xFF00 };
// Names may share their ends, so together they may be larger than the table that they lie in. But
// not by as much as this: only a file that was made to fill the memory is so.
enum { NAMES_PER_FILE = 8 };

static const char not_elf[] = "give the file that the linker made for an STM32";

// An entry of a symbol table.
struct elf_symbol {
    uint32_t name, value, size;
    unsigned type, bind, section;
};

static struct elf_symbol symbol_at(const uint8_t *at)
{
    return (struct elf_symbol){.name = word_at(at),
                               .value = word_at(at + 4),
                               .size = word_at(at + 8),
                               .type = at[12] & 0x0F,
                               .bind = at[12] >> 4,
                               .section = half_at(at + 14)};
}

// A name that the source code gave to a place, not one of the assembler's own ("$t").
static bool is_named_place(const struct elf_symbol *symbol, const char *name)
{
    return name && name[0] && name[0] != '$' && symbol->section != UNDEFINED &&
           (symbol->type == TYPE_NONE || symbol->type == TYPE_FUNCTION ||
            symbol->type == TYPE_OBJECT);
}

// What a symbol names, and how far its section reaches behind it where that is code.
static enum symbol_kind kind_of(const struct elf_file *file, const struct elf_symbol *symbol,
                                uint32_t address, uint32_t *room)
{
    bool there = symbol->section < FIRST_RESERVED && symbol->section < file->section_count;
    struct elf_section section =
        there ? elf_file_section(file, symbol->section) : (struct elf_section){0};
    bool code = section.flags & ELF_CODE;
    bool in_it = address - section.address < section.size;

    *room = code && in_it ? section.address + section.size - address : 0;
    if (symbol->type == TYPE_FUNCTION) {
        return SYMBOL_FUNCTION;
    }
    return code && symbol->type == TYPE_NONE ? SYMBOL_LABEL : SYMBOL_DATA;
}

static int add_symbol(struct image *image, const struct elf_file *file,
                      const struct elf_symbol *symbol, const char *name, size_t name_size,
                      struct problem *problem)
{
    bool thumb = symbol->type == TYPE_FUNCTION;
    struct symbol added = {.name = malloc(name_size),
                           .address = symbol->value & ~(uint32_t)thumb,
                           .size = symbol->size,
                           .weak = symbol->bind == BIND_WEAK};

    if (added.name == NULL) {
        return problem_no_memory(problem, "symbols");
    }
    memcpy(added.name, name, name_size);
    added.kind = kind_of(file, symbol, added.address, &added.room);
    image->symbols[image->symbol_count++] = added;
    return 0;
}

// Reads one table, which lies in the file. *room is how many bytes of names the file may still
// have.
static int read_table(struct image *image, const struct elf_file *file,
                      const struct elf_section *table, size_t *room, struct problem *problem)
{
    size_t count = table->size / SYMBOL_BYTES;

    struct symbol *bigger =
        realloc(image->symbols, (image->symbol_count + count) * sizeof *image->symbols);
    if (bigger == NULL) {
        return problem_no_memory(problem, "symbols");
    }
    image->symbols = bigger;
    for (size_t i = 0; i < count; i++) {
        struct elf_symbol symbol = symbol_at(file->bytes + table->offset + i * SYMBOL_BYTES);
        const char *name = elf_file_text(file, table->link, symbol.name);
        if (!is_named_place(&symbol, name)) {
            continue;
        }
        size_t name_size = strlen(name) + 1;
        if (name_size > *room) {
            return problem_set(problem, EXIT_USAGE, not_elf,
                               "%s: ELF whose symbols' names are far larger than the file",
                               file->path);
        }
        *room -= name_size;
        int error = add_symbol(image, file, &symbol, name, name_size, problem);
        if (error) {
            return error;
        }
    }
    return 0;
}

int image_elf_read_symbols(struct image *image, const struct elf_file *file,
                           struct problem *problem)
{
    size_t room = file->size * NAMES_PER_FILE;
    uint64_t read = 0;

    for (uint32_t i = 0; i < file->section_count; i++) {
        struct elf_section table = elf_file_section(file, i);
        if (table.type != ELF_SYMBOLS) {
            continue;
        }
        if (!elf_file_holds(file, table.offset, table.size)) {
            return problem_set(problem, EXIT_USAGE,
                               "the file is cut short: build it again, or copy it again",
                               "%s: ELF cut short in its symbols", file->path);
        }
        read += table.size;
        if (read > file->size) {
            return problem_set(problem, EXIT_USAGE, not_elf,
                               "%s: ELF whose symbol tables are larger than the file", file->path);
        }
        int error = table.size < SYMBOL_BYTES ? 0 : read_table(image, file, &table, &room, problem);
        if (error) {
            return error;
        }
    }
    return 0;
}
