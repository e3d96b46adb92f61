// test_image_elf.c: an ELF file that is read right, and refused when cut or damaged.
// SPDX-License-Identifier: MIT
#include "elf_example.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void test_segments(void **state)
{
    struct file file = elf_example();
    struct image image;
    struct problem problem;
    (void)state;

    assert_int_equal(elf_example_open(&image, &file, sizeof file, &problem), 0);
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
    struct file file = elf_example();
    struct image image;
    struct problem problem;
    (void)state;

    assert_int_equal(elf_example_open(&image, &file, sizeof file, &problem), 0);
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
    struct file file = elf_example();
    struct image image;
    struct problem problem;
    (void)state;

    file.sections[1].sh_flags = SHF_EXECINSTR; // the symbols' section, taken for one of code
    file.sections[1].sh_addr = 0x08000000;
    file.symbols[3].st_shndx = 1;
    file.symbols[3].st_value = 0x08000020;
    file.symbols[3].st_info = ELF32_ST_INFO(STB_WEAK, STT_NOTYPE);
    assert_int_equal(elf_example_open(&image, &file, sizeof file, &problem), 0);
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
    assert_int_equal(elf_example_open(&image, &file, sizeof file, &problem), 0);
    assert_int_equal(image_symbol(&image, "_estack")->kind, SYMBOL_DATA);
    assert_int_equal(image_symbol(&image, "_estack")->room, 0);
    image_close(&image);
}

static void test_refused(void **state)
{
    struct file file = elf_example();
    (void)state;

    file.header.e_machine = EM_RISCV;
    elf_example_assert_refused(&file, "ELF for RISC-V (machine 243), not for ARM");
    file.header.e_machine = 9999;
    elf_example_assert_refused(&file, "ELF for machine 9999, not for ARM");
    file = elf_example();
    file.header.e_ident[EI_CLASS] = ELFCLASS64;
    file.header.e_machine = EM_X86_64;
    elf_example_assert_refused(&file, "ELF for x86-64 (machine 62), not 32-bit little-endian");
    file = elf_example();
    file.header.e_ident[EI_DATA] = ELFDATA2MSB;
    file.header.e_machine = EM_ARM << 8;
    elf_example_assert_refused(&file, "ELF for ARM (machine 40), not 32-bit little-endian");
    file = elf_example();
    file.segments[0].p_type = file.segments[1].p_type = PT_NOTE;
    elf_example_assert_refused(&file, "without anything to load");
    file = elf_example();
    file.segments[1].p_paddr = 0x0800000F;
    elf_example_assert_refused(&file,
                               "at 0x0800000F: the file has this byte twice, as 0x00 and as 0x31");
    file = elf_example();
    file.segments[0].p_filesz = 0xFFFFFFF0;
    elf_example_assert_refused(&file, "cut short in the segment for 0x08000000");
    file = elf_example();
    file.segments[0].p_paddr = 0xFFFFFFFC;
    elf_example_assert_refused(&file, "end of the address space");
}

// An ELF of 1 MB could ask for gigabytes: each of these was read until the memory was full.
static void test_bombs(void **state)
{
    enum { MOST_SEGMENTS = 4096 };
    const struct file good = elf_example();
    struct file file = good;
    (void)state;

    for (int i = 1; i < 3; i++) { // one place, that two tables name
        file.sections[i] = good.sections[SYMBOLS];
        file.sections[i].sh_offset = 0;
        file.sections[i].sh_size = sizeof file / 16 * 16;
    }
    elf_example_assert_refused(&file, "symbol tables are larger than the file");
    file = elf_example();
    for (int i = 0; i < SECTIONS; i++) { // the same bytes, over and over
        file.sections[i] = good.sections[TEXT];
        file.sections[i].sh_size = sizeof file / 4;
    }
    file.segments[0].p_filesz = sizeof file / 4;
    elf_example_assert_refused(&file, "loads more than it has");
    file = elf_example();
    file.header.e_phnum = MOST_SEGMENTS + 1;
    elf_example_assert_refused(&file, "4097 segments, which no linker makes");
}

static void test_a_long_name_that_each_symbol_has(void **state)
{
    enum { NAMES = 400, LONG = 4000 };
    struct {
        struct file file;
        Elf32_Sym symbols[NAMES];
        char names[LONG];
    } *large = calloc(1, sizeof *large);
    struct image image;
    struct problem problem;
    (void)state;

    assert_non_null(large);
    large->file = elf_example();
    for (int i = 0; i < NAMES; i++) {
        large->symbols[i] = large->file.symbols[1];
    }
    memset(large->names + 1, 'n', LONG - 2);
    large->file.sections[1].sh_offset = sizeof(struct file);
    large->file.sections[1].sh_size = sizeof large->symbols;
    large->file.sections[2].sh_offset =
        large->file.sections[1].sh_offset + (Elf32_Off)sizeof large->symbols;
    large->file.sections[2].sh_size = LONG;
    assert_int_equal(elf_example_open(&image, large, sizeof *large, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "names are far larger than the file"));
    free(large);
}

static void test_cut_anywhere(void **state)
{
    struct file file = elf_example();
    struct image image;
    struct problem problem;
    (void)state;

    for (size_t size = SELFMAG; size < sizeof file; size++) {
        assert_int_equal(elf_example_open(&image, &file, size, &problem), EXIT_USAGE);
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
            struct file file = elf_example();
            ((uint8_t *)&file)[at] = values[i];
            int error = elf_example_open(&image, &file, sizeof file, &problem);
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
        cmocka_unit_test(test_segments),
        cmocka_unit_test(test_symbols),
        cmocka_unit_test(test_symbol_kinds),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_a_long_name_that_each_symbol_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
