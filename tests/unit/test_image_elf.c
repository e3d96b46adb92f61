// test_image_elf.c: an ELF file that is read right, and refused when cut or damaged.
// SPDX-License-Identifier: MIT
#include "image.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// Code at 0x08000000, initial values that are loaded behind it and live in RAM, a segment with
// nothing in the file, and symbols. Section headers stand last, as linkers write them.
struct file {
    Elf32_Ehdr header;
    Elf32_Phdr segments[3];
    uint8_t code[16], values[4];
    Elf32_Sym symbols[6];
    char names[40];
    Elf32_Shdr sections[3];
};

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
    .e_shnum = 3};

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

static const Elf32_Shdr good_sections[3] = {
    {0},
    {.sh_type = SHT_SYMTAB,
     .sh_offset = offsetof(struct file, symbols),
     .sh_size = 6 * sizeof(Elf32_Sym),
     .sh_link = 2,
     .sh_info = 1,
     .sh_entsize = sizeof(Elf32_Sym)},
    {.sh_type = SHT_STRTAB, .sh_offset = offsetof(struct file, names), .sh_size = 40}};

static struct file good_file(void)
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

static int open_file(struct image *image, const void *bytes, size_t size, struct problem *problem)
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

static void test_segments(void **state)
{
    struct file file = good_file();
    struct image image;
    struct problem problem;
    (void)state;

    assert_int_equal(open_file(&image, &file, sizeof file, &problem), 0);
    assert_int_equal(image.format, IMAGE_ELF);
    assert_int_equal(image.count, 2);
    assert_int_equal(image.segments[0].address, 0x08000000);
    assert_int_equal(image.segments[0].size, 16);
    assert_memory_equal(image.segments[0].bytes, "code of 16 byte", 16);
    assert_int_equal(image.segments[1].address, 0x08000020);
    assert_int_equal(image.segments[1].size, 4);
    assert_memory_equal(image.segments[1].bytes, "1234", 4);
    image_close(&image);
}

static void test_symbols(void **state)
{
    struct file file = good_file();
    struct image image;
    struct problem problem;
    (void)state;

    assert_int_equal(open_file(&image, &file, sizeof file, &problem), 0);
    assert_int_equal(image.symbol_count, 3);
    const struct symbol *reset = image_symbol(&image, "reset");
    assert_non_null(reset);
    assert_int_equal(reset->address, 0x08000008); // without the Thumb bit
    assert_int_equal(reset->size, 6);
    const struct symbol *count = image_symbol(&image, "count");
    assert_non_null(count);
    assert_int_equal(count->address, 0x20000001); // data: an odd address is an odd address
    assert_int_equal(image_symbol(&image, "_estack")->address, 0x20010000);
    assert_null(image_symbol(&image, "$t"));
    assert_null(image_symbol(&image, "weak"));
    image_close(&image);
}

// What is a function, and how far a label of assembly may reach.
static void test_symbol_kinds(void **state)
{
    struct file file = good_file();
    struct image image;
    struct problem problem;
    (void)state;

    file.sections[1].sh_flags = SHF_EXECINSTR; // the symbols' section, taken for one of code
    file.sections[1].sh_addr = 0x08000000;
    file.symbols[3].st_shndx = 1;
    file.symbols[3].st_value = 0x08000020;
    file.symbols[3].st_info = ELF32_ST_INFO(STB_WEAK, STT_NOTYPE);
    assert_int_equal(open_file(&image, &file, sizeof file, &problem), 0);
    const struct symbol *reset = image_symbol(&image, "reset");
    assert_int_equal(reset->kind, SYMBOL_FUNCTION);
    assert_false(reset->weak);
    assert_int_equal(image_symbol(&image, "count")->kind, SYMBOL_DATA);
    const struct symbol *label = image_symbol(&image, "_estack");
    assert_int_equal(label->kind, SYMBOL_LABEL);
    assert_true(label->weak);
    assert_int_equal(label->size, 0);
    assert_int_equal(label->room, 6 * sizeof(Elf32_Sym) - 0x20);
    image_close(&image);
    file.sections[1].sh_flags = 0;
    assert_int_equal(open_file(&image, &file, sizeof file, &problem), 0);
    assert_int_equal(image_symbol(&image, "_estack")->kind, SYMBOL_DATA);
    assert_int_equal(image_symbol(&image, "_estack")->room, 0);
    image_close(&image);
}

static void assert_refused(const struct file *file, const char *why)
{
    struct image image;
    struct problem problem;

    assert_int_equal(open_file(&image, file, sizeof *file, &problem), EXIT_USAGE);
    if (!strstr(problem.what, why)) {
        fail_msg("\"%s\" instead of \"%s\"", problem.what, why);
    }
}

static void test_refused(void **state)
{
    struct file file = good_file();
    (void)state;

    file.header.e_machine = EM_RISCV;
    assert_refused(&file, "ELF for machine 243, not for ARM");
    file = good_file();
    file.header.e_ident[EI_CLASS] = ELFCLASS64;
    assert_refused(&file, "not 32-bit little-endian");
    file = good_file();
    file.header.e_ident[EI_DATA] = ELFDATA2MSB;
    assert_refused(&file, "not 32-bit little-endian");
    file = good_file();
    file.segments[0].p_type = file.segments[1].p_type = PT_NOTE;
    assert_refused(&file, "without anything to load");
    file = good_file();
    file.segments[1].p_paddr = 0x0800000F;
    assert_refused(&file, "at 0x0800000F: the file has this byte twice");
    file = good_file();
    file.segments[0].p_filesz = 0xFFFFFFF0;
    assert_refused(&file, "cut short in the segment for 0x08000000");
    file = good_file();
    file.segments[0].p_paddr = 0xFFFFFFFC;
    assert_refused(&file, "end of the address space");
    file = good_file();
    file.segments[0] = file.segments[1] = file.segments[2] =
        (Elf32_Phdr){.p_type = PT_LOAD, .p_filesz = sizeof file / 2, .p_memsz = sizeof file / 2};
    file.segments[1].p_paddr = 0x1000;
    file.segments[2].p_paddr = 0x2000;
    assert_refused(&file, "segments are larger than the file");
}

// An ELF of 1 MB could ask for gigabytes: each of these was read until the memory was full.
static void test_bombs(void **state)
{
    enum { NAMES = 400, LONG = 4000 };
    struct file file = good_file();
    (void)state;

    for (int i = 1; i < 3; i++) { // one place, that two tables name
        file.sections[i] = good_sections[1];
        file.sections[i].sh_offset = 0;
        file.sections[i].sh_size = sizeof file / 16 * 16;
    }
    assert_refused(&file, "symbol tables are larger than the file");
    // A long name that each symbol has.
    struct {
        struct file file;
        Elf32_Sym symbols[NAMES];
        char names[LONG];
    } *large = calloc(1, sizeof *large);
    struct image image;
    struct problem problem;
    assert_non_null(large);
    large->file = good_file();
    for (int i = 0; i < NAMES; i++) {
        large->symbols[i] = good_symbols[1];
    }
    memset(large->names + 1, 'n', LONG - 2);
    large->file.sections[1].sh_offset = offsetof(struct file, sections) + 3 * sizeof(Elf32_Shdr);
    large->file.sections[1].sh_size = sizeof large->symbols;
    large->file.sections[2].sh_offset =
        large->file.sections[1].sh_offset + (Elf32_Off)sizeof large->symbols;
    large->file.sections[2].sh_size = LONG;
    assert_int_equal(open_file(&image, large, sizeof *large, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "names are far larger than the file"));
    free(large);
}

static void test_cut_anywhere(void **state)
{
    struct file file = good_file();
    struct image image;
    struct problem problem;
    (void)state;

    for (size_t size = SELFMAG; size < sizeof file; size++) {
        assert_int_equal(open_file(&image, &file, size, &problem), EXIT_USAGE);
        assert_non_null(strstr(problem.what, "cut short"));
    }
}

// No byte of a file can make the reader do worse than refuse it. Worth most under ASan.
static void test_damaged(void **state)
{
    static const uint8_t values[] = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF};
    struct image image;
    struct problem problem;
    (void)state;

    for (size_t at = 0; at < sizeof(struct file); at++) {
        for (size_t i = 0; i < sizeof values; i++) {
            struct file file = good_file();
            ((uint8_t *)&file)[at] = values[i];
            int error = open_file(&image, &file, sizeof file, &problem);
            assert_true(error == 0 || error == EXIT_USAGE);
            if (error == 0) {
                image_close(&image);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segments),     cmocka_unit_test(test_symbols),
        cmocka_unit_test(test_symbol_kinds), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_cut_anywhere), cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_bombs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
