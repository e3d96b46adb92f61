// test_image_elf_sections.c: which bytes of an ELF file are loaded, and where.
// SPDX-License-Identifier: MIT
#include "elf_example.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void assert_loaded(const struct file *file, size_t segments, uint32_t address, uint32_t size)
{
    struct image image;
    struct problem problem;

    if (elf_example_open(&image, file, sizeof *file, &problem)) {
        fail_msg("%s", problem.what);
    }
    assert_int_equal(image.count, segments);
    assert_int_equal(image.segments[0].address, address);
    assert_int_equal(image.segments[0].size, size);
    assert_memory_equal(image.segments[0].bytes, "code of 16 byte", size < 16 ? size : 16);
    image_close(&image);
}

// What linkers that align segments to pages make: the file's own header is part of the segment.
static void test_headers_are_no_data(void **state)
{
    const uint32_t gap = offsetof(struct file, code);
    struct file file = elf_example();
    (void)state;

    file.segments[0].p_offset = 0;
    file.segments[0].p_vaddr -= gap;
    file.segments[0].p_paddr -= gap;
    file.segments[0].p_filesz += gap;
    assert_loaded(&file, 2, 0x08000000, 16);
    file.header.e_shnum = 0; // nothing names sections: the bytes behind the headers are data
    file.header.e_shoff = 0;
    assert_loaded(&file, 2, 0x08000000, 16);
    memset(file.code, 0, 4); // or are zeros that the linker put there
    elf_example_assert_refused(&file, "where its data begins cannot be told");
    file.segments[0] = elf_example().segments[0];
    memcpy(file.code, "code", 4);
    assert_loaded(&file, 2, 0x08000000, 16);
}

// Which bytes of a segment are those of a section, and where they go.
static void test_sections(void **state)
{
    struct file file = elf_example();
    (void)state;

    file.sections[TEXT].sh_size = 8; // the rest of the segment is padding
    assert_loaded(&file, 2, 0x08000000, 8);
    file = elf_example();
    file.sections[DATA].sh_flags = 0; // debug information, say
    assert_loaded(&file, 1, 0x08000000, 16);
    file = elf_example();
    file.segments[1].p_paddr = 0x0800000F; // twice, but the same
    file.values[0] = 0;
    assert_loaded(&file, 1, 0x08000000, 19);
    file = elf_example();
    file.sections[TEXT].sh_size = 17;
    elf_example_assert_refused(&file, "section reset for 0x08000000 is only partly in a segment");
    file = elf_example();
    file.segments[0].p_paddr = file.segments[1].p_paddr = 0; // a linker that knows no load address
    assert_loaded(&file, 2, 0x08000000, 16);
    file.segments[1].p_paddr = 0x08000020;
    assert_loaded(&file, 2, 0, 16);
}

// armlink: one segment for all that is loaded, sections as they are when the program runs.
static void test_load_region(void **state)
{
    struct file file = elf_example();
    (void)state;

    file.segments[0].p_filesz = 20;
    file.segments[1].p_filesz = 0;
    assert_loaded(&file, 1, 0x08000000, 20);
    file.sections[TEXT].sh_size = 12; // the rest belongs to the load region too
    assert_loaded(&file, 1, 0x08000000, 20);
    file.sections[DATA].sh_size = 40; // it is larger there than its compressed bytes
    assert_loaded(&file, 1, 0x08000000, 20);
    memcpy(file.code, "code", 4);
    file.segments[0].p_offset = 0;
    file.segments[0].p_filesz = offsetof(struct file, code) + 20;
    file.segments[0].p_paddr -= (Elf32_Addr)offsetof(struct file, code);
    assert_loaded(&file, 1, 0x08000000, 20); // never the file's own header
}

static void test_a_section_outside_all_segments_is_named(void **state)
{
    struct file file = elf_example();
    struct image image;
    struct problem problem;
    (void)state;

    file.sections[DATA].sh_offset = offsetof(struct file, names);
    assert_int_equal(elf_example_open(&image, &file, sizeof file, &problem), 0);
    assert_int_equal(image.count, 1);
    assert_int_equal(image.note_count, 1);
    assert_string_equal(image.notes[0].text,
                        "section count, 4 bytes for 0x20000000, is in no segment: left out");
    image_close(&image);
    file.sections[TEXT].sh_offset = offsetof(struct file, names);
    elf_example_assert_refused(&file, "without anything to load");
}

static void test_what_is_no_program(void **state)
{
    struct file file = elf_example();
    (void)state;

    file.header.e_type = ET_REL;
    elf_example_assert_refused(&file, "ELF object file, not linked yet");
    file.header.e_type = ET_CORE;
    elf_example_assert_refused(&file, "not a program (type 4)");
    file.header.e_type = ET_DYN;
    assert_loaded(&file, 2, 0x08000000, 16); // it has its address
    file.segments[0].p_vaddr = file.segments[0].p_paddr = file.segments[1].p_paddr = 0;
    elf_example_assert_refused(&file, "shared library");
    file = elf_example();
    file.segments[2].p_type = PT_INTERP;
    elf_example_assert_refused(&file, "program for Linux on ARM");
    file = elf_example();
    file.header.e_phentsize = 31;
    elf_example_assert_refused(&file, "headers have 31 and 40 bytes, not 32 and 40");
}

// Counts beyond 16 bits stand in the first section header.
static void test_counts_elsewhere(void **state)
{
    struct file file = elf_example();
    (void)state;

    file.header.e_phnum = PN_XNUM;
    file.header.e_shnum = 0;
    file.sections[0].sh_size = SECTIONS;
    file.sections[0].sh_info = 3;
    assert_loaded(&file, 2, 0x08000000, 16);
    file.sections[0].sh_size = SECTIONS + 1;
    elf_example_assert_refused(&file, "cut short before its section headers");
    file.sections[0].sh_size = 0xFFFFFFFF;
    elf_example_assert_refused(&file, "cut short before its section headers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers_are_no_data),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_load_region),
        cmocka_unit_test(test_a_section_outside_all_segments_is_named),
        cmocka_unit_test(test_what_is_no_program),
        cmocka_unit_test(test_counts_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
