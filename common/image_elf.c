// image_elf.c: reads the loadable segments and the symbols of a 32-bit ARM ELF file.
// SPDX-License-Identifier: MIT
//
// The file may be cut short or made to do harm: every offset is checked against the size
// of the file before libelf may follow it.
#include "image_reader.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

static const char cut_short[] = "the file is cut short: build it again, or copy it again";
// Names may share their ends, so together they may be larger than the table that they lie in. But
// not by as much as this: only a file that was made to fill the memory is so.
enum { NAMES_PER_FILE = 8 };

static const char not_elf[] = "give the file that the linker made for an STM32";

static bool inside(const struct source *source, uint64_t offset, uint64_t size)
{
    return offset <= source->size && size <= source->size - offset;
}

static int check_header(const struct source *source, struct problem *problem)
{
    Elf32_Ehdr header;

    if (source->size < EI_NIDENT) {
        return problem_set(problem, EXIT_USAGE, cut_short, "%s: ELF cut short after %zu bytes",
                           source->path, source->size);
    }
    if (source->bytes[EI_CLASS] != ELFCLASS32 || source->bytes[EI_DATA] != ELFDATA2LSB) {
        return problem_set(problem, EXIT_USAGE, not_elf,
                           "%s: ELF, but not 32-bit little-endian, so not for an STM32",
                           source->path);
    }
    if (source->size < sizeof header) {
        return problem_set(problem, EXIT_USAGE, cut_short, "%s: ELF cut short in its header",
                           source->path);
    }
    return 0;
}

static int check_tables(const struct source *source, const GElf_Ehdr *header,
                        struct problem *problem)
{
    if (header->e_machine != EM_ARM) {
        return problem_set(problem, EXIT_USAGE, not_elf, "%s: ELF for machine %u, not for ARM (%u)",
                           source->path, header->e_machine, EM_ARM);
    }
    if (!inside(source, header->e_phoff, (uint64_t)header->e_phnum * header->e_phentsize)) {
        return problem_set(problem, EXIT_USAGE, cut_short,
                           "%s: ELF cut short in its program headers", source->path);
    }
    if (!inside(source, header->e_shoff, (uint64_t)header->e_shnum * header->e_shentsize)) {
        return problem_set(problem, EXIT_USAGE, cut_short,
                           "%s: ELF cut short before its section headers", source->path);
    }
    return 0;
}

static int read_segments(struct image *image, const struct source *source, Elf *elf,
                         const GElf_Ehdr *header, struct problem *problem)
{
    uint64_t loaded = 0;

    for (int i = 0; i < header->e_phnum; i++) {
        GElf_Phdr segment;
        if (gelf_getphdr(elf, i, &segment) == NULL) {
            return problem_set(problem, EXIT_USAGE, not_elf, "%s: program header %d: %s",
                               source->path, i, elf_errmsg(-1));
        }
        if (segment.p_type != PT_LOAD || segment.p_filesz == 0) {
            continue;
        }
        if (!inside(source, segment.p_offset, segment.p_filesz)) {
            return problem_set(problem, EXIT_USAGE, cut_short,
                               "%s: ELF cut short in the segment for 0x%08X", source->path,
                               (uint32_t)segment.p_paddr);
        }
        loaded += segment.p_filesz;
        if (loaded > source->size) {
            return problem_set(problem, EXIT_USAGE, not_elf,
                               "%s: ELF whose segments are larger than the file", source->path);
        }
        int error = image_append(image, source, (uint32_t)segment.p_paddr,
                                 source->bytes + segment.p_offset, segment.p_filesz, problem);
        if (error) {
            return error;
        }
    }
    return 0;
}

// A name that the source code gave to a place, not one of the assembler's own ("$t").
static bool is_named_place(const GElf_Sym *symbol, const char *name)
{
    unsigned type = GELF_ST_TYPE(symbol->st_info);

    return name && name[0] && name[0] != '$' && symbol->st_shndx != SHN_UNDEF &&
           (type == STT_NOTYPE || type == STT_FUNC || type == STT_OBJECT);
}

// What a symbol names, and how far its section reaches behind it where that is code.
static enum symbol_kind kind_of(Elf *elf, const GElf_Sym *symbol, uint32_t address, uint32_t *room)
{
    unsigned type = GELF_ST_TYPE(symbol->st_info);
    Elf_Scn *section = symbol->st_shndx < SHN_LORESERVE ? elf_getscn(elf, symbol->st_shndx) : NULL;
    GElf_Shdr header = {0};
    bool code = section && gelf_getshdr(section, &header) && header.sh_flags & SHF_EXECINSTR;
    bool in_it = address - header.sh_addr < header.sh_size;

    *room = code && in_it ? (uint32_t)(header.sh_addr + header.sh_size - address) : 0;
    if (type == STT_FUNC) {
        return SYMBOL_FUNCTION;
    }
    return code && type == STT_NOTYPE ? SYMBOL_LABEL : SYMBOL_DATA;
}

static int add_symbol(struct image *image, Elf *elf, const GElf_Sym *symbol, const char *name,
                      struct problem *problem)
{
    bool thumb = GELF_ST_TYPE(symbol->st_info) == STT_FUNC;
    struct symbol added = {.name = strdup(name),
                           .address = (uint32_t)symbol->st_value & ~(uint32_t)thumb,
                           .size = (uint32_t)symbol->st_size,
                           .weak = GELF_ST_BIND(symbol->st_info) == STB_WEAK};

    if (added.name == NULL) {
        return problem_set(problem, EXIT_FAILED, NULL, "symbols: out of memory");
    }
    added.kind = kind_of(elf, symbol, added.address, &added.room);
    image->symbols[image->symbol_count++] = added;
    return 0;
}

// Reads one table. *room is how many bytes of names the file may still have.
static int read_table(struct image *image, const struct source *source, Elf *elf, Elf_Data *data,
                      const GElf_Shdr *header, size_t *room, struct problem *problem)
{
    size_t count = data->d_size / sizeof(Elf32_Sym);
    GElf_Sym symbol;

    struct symbol *bigger =
        realloc(image->symbols, (image->symbol_count + count) * sizeof *image->symbols);
    if (bigger == NULL) {
        return problem_set(problem, EXIT_FAILED, NULL, "symbols: out of memory");
    }
    image->symbols = bigger;
    for (int i = 0; i < (int)count; i++) {
        if (gelf_getsym(data, i, &symbol) == NULL) {
            return 0;
        }
        const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);
        if (!is_named_place(&symbol, name)) {
            continue;
        }
        size_t length = strlen(name) + 1;
        if (length > *room) {
            return problem_set(problem, EXIT_USAGE, not_elf,
                               "%s: ELF whose symbols' names are far larger than the file",
                               source->path);
        }
        *room -= length;
        int error = add_symbol(image, elf, &symbol, name, problem);
        if (error) {
            return error;
        }
    }
    return 0;
}

// A file without symbols is as good for flashing: only a table that lies outside is refused.
static int read_symbols(struct image *image, const struct source *source, Elf *elf,
                        struct problem *problem)
{
    size_t room = source->size * NAMES_PER_FILE;
    uint64_t read = 0;
    Elf_Scn *section = NULL;

    while ((section = elf_nextscn(elf, section)) != NULL) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) == NULL || header.sh_type != SHT_SYMTAB) {
            continue;
        }
        if (!inside(source, header.sh_offset, header.sh_size)) {
            return problem_set(problem, EXIT_USAGE, cut_short, "%s: ELF cut short in its symbols",
                               source->path);
        }
        read += header.sh_size;
        if (read > source->size) {
            return problem_set(problem, EXIT_USAGE, not_elf,
                               "%s: ELF whose symbol tables are larger than the file",
                               source->path);
        }
        Elf_Data *data = elf_getdata(section, NULL);
        if (data == NULL || data->d_size < sizeof(Elf32_Sym)) {
            continue;
        }
        int error = read_table(image, source, elf, data, &header, &room, problem);
        if (error) {
            return error;
        }
    }
    return 0;
}

static void read_architecture(struct image *image, const struct source *source, Elf *elf)
{
    Elf_Scn *section = NULL;
    GElf_Shdr header;

    while ((section = elf_nextscn(elf, section)) != NULL) {
        if (gelf_getshdr(section, &header) != NULL && header.sh_type == SHT_ARM_ATTRIBUTES &&
            inside(source, header.sh_offset, header.sh_size)) {
            image->architecture =
                image_elf_architecture(source->bytes + header.sh_offset, header.sh_size);
        }
    }
}

bool image_elf_matches(const struct source *source)
{
    return source->size >= SELFMAG && memcmp(source->bytes, ELFMAG, SELFMAG) == 0;
}

int image_elf_read(struct image *image, const struct source *source, struct problem *problem)
{
    GElf_Ehdr header = {0};

    image->format = IMAGE_ELF;
    int error = check_header(source, problem);
    if (error) {
        return error;
    }
    elf_version(EV_CURRENT);
    Elf *elf = elf_memory((char *)source->bytes, source->size);
    if (elf == NULL || gelf_getehdr(elf, &header) == NULL) {
        error = problem_set(problem, EXIT_USAGE, not_elf, "%s: %s", source->path, elf_errmsg(-1));
    }
    if (error == 0) {
        error = check_tables(source, &header, problem);
    }
    if (error == 0) {
        error = read_segments(image, source, elf, &header, problem);
    }
    if (error == 0) {
        error = read_symbols(image, source, elf, problem);
    }
    if (error == 0) {
        read_architecture(image, source, elf);
    }
    elf_end(elf);
    if (error == 0 && image->count == 0) {
        return problem_set(problem, EXIT_USAGE, "link it: an object file cannot be flashed",
                           "%s: ELF without anything to load", source->path);
    }
    return error;
}
