// elf_example.c: a sound ELF file for tests to damage.
// SPDX-License-Identifier: MIT
#include "elf_example.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const Elf32_Ehdr good_header = {
    .e_ident = {0x7F, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT},
    .e_type = ET_EXEC,
    .e_machine = EM_ARM,
    .e_version = EV_CURRENT,
    .e_entry = 0x08000009,
    .e_phoff = offsetof(struct file, segments),
    .e_shoff = offsetof(struct file, sections),
    .e_ehsize = sizeof(Elf32_Ehdr),
    .e_phentsize = sizeof(Elf32_Phdr),
    .e_phnum = 3,
    .e_shentsize = sizeof(Elf32_Shdr),
    .e_shnum = SECTIONS,
    .e_shstrndx = STRINGS};

static const Elf32_Phdr good_segments[3] = {
    {.p_type = PT_LOAD,
     .p_offset = offsetof(struct file, code),
     .p_vaddr = 0x08000000,
     .p_paddr = 0x08000000,
     .p_filesz = 16,
     .p_memsz = 16},
    {.p_type = PT_LOAD,
     .p_offset = offsetof(struct file, values),
     .p_vaddr = 0x20000000,
     .p_paddr = 0x08000020,
     .p_filesz = 4,
     .p_memsz = 8},
    {.p_type = PT_LOAD, .p_vaddr = 0x20000008, .p_paddr = 0x20000008, .p_memsz = 64}};

static const Elf32_Sym good_symbols[6] = {
    {0},
    {.st_name = 1,
     .st_value = 0x08000009,
     .st_size = 6,
     .st_shndx = 1,
     .st_info = ELF32_ST_INFO(STB_GLOBAL, STT_FUNC)},
    {.st_name = 7,
     .st_value = 0x20000001,
     .st_size = 1,
     .st_shndx = 1,
     .st_info = ELF32_ST_INFO(STB_LOCAL, STT_OBJECT)},
    {.st_name = 13, .st_value = 0x20010000, .st_shndx = SHN_ABS},
    {.st_name = 21, .st_value = 0x08000000, .st_shndx = 1},
    {.st_name = 24, .st_shndx = SHN_UNDEF}};

static const Elf32_Shdr good_sections[SECTIONS] = {
    {0},
    {.sh_type = SHT_SYMTAB,
     .sh_offset = offsetof(struct file, symbols),
     .sh_size = 6 * sizeof(Elf32_Sym),
     .sh_link = 2,
     .sh_info = 1,
     .sh_entsize = sizeof(Elf32_Sym)},
    {.sh_type = SHT_STRTAB, .sh_offset = offsetof(struct file, names), .sh_size = 40},
    {.sh_name = 1,
     .sh_type = SHT_PROGBITS,
     .sh_flags = SHF_ALLOC,
     .sh_addr = 0x08000000,
     .sh_offset = offsetof(struct file, code),
     .sh_size = 16},
    {.sh_name = 7,
     .sh_type = SHT_PROGBITS,
     .sh_flags = SHF_ALLOC | SHF_WRITE,
     .sh_addr = 0x20000000,
     .sh_offset = offsetof(struct file, values),
     .sh_size = 4},
    {.sh_type = SHT_NOBITS,
     .sh_flags = SHF_ALLOC | SHF_WRITE,
     .sh_addr = 0x20000004,
     .sh_offset = offsetof(struct file, values),
     .sh_size = 68}};

struct file elf_example(void)
{
    struct file file = {.header = good_header,
                        .code = "code of 16 byte",
                        .values = "1234",
                        .names = "\0reset\0count\0_estack\0$t\0weak"};

    memcpy(file.segments, good_segments, sizeof good_segments);
    memcpy(file.symbols, good_symbols, sizeof good_symbols);
    memcpy(file.sections, good_sections, sizeof good_sections);
    return file;
}

int elf_example_open(struct image *image, const void *bytes, size_t size, struct problem *problem)
{
    char path[] = "/tmp/test_elf.XXXXXX";
    int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), size);
    close(file);
    int error = image_open(image, path, 0, problem);
    unlink(path);
    return error;
}

void elf_example_assert_refused(const struct file *file, const char *why)
{
    struct image image;
    struct problem problem;

    assert_int_equal(elf_example_open(&image, file, sizeof *file, &problem), EXIT_USAGE);
    if (!strstr(problem.what, why)) {
        fail_msg("\"%s\" instead of \"%s\"", problem.what, why);
    }
}
