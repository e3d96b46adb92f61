// test_code_map.c: the bytes of a program by address, and what an ELF says of them.
// SPDX-License-Identifier: MIT
#include "code_map.h"
#include "elf_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t code[] = {0x00, 0xBF, 0x70, 0x47, 1, 2, 3, 4};
static const uint8_t constants[] = {0x11, 0x22, 0x33, 0x44};
static const uint8_t values[] = {0x55, 0x66, 0x77, 0x88};

static const struct elf_part parts[] = {
    {".data", 0x20000000, 0x0800000C, false, false, values, sizeof values},
    {".text", 0x08000000, 0x08000000, true, false, code, sizeof code},
    {".rodata", 0x08000008, 0x08000008, false, false, constants, sizeof constants},
    {".bss", 0x20000004, 0x20000004, false, true, NULL, 64},
    {".sdram", 0xD0000000, 0x08000010, false, false, values, sizeof values},
    {".itcm", 0x00000000, 0x08000014, true, false, code, sizeof code},
    {NULL, 0, 0, false, false, NULL, 0},
};

struct opened {
    struct code_map map;
    struct elf_file file;
    uint8_t *bytes;
};

static void open_plan(struct opened *opened, const struct elf_plan *plan)
{
    struct problem problem;
    size_t size;

    opened->bytes = elf_build(plan, &size);
    assert_int_equal(elf_file_open(&opened->file, "a.elf", opened->bytes, size, &problem), 0);
    assert_int_equal(code_map_open(&opened->map, &opened->file, &problem), 0);
}

static void close_plan(struct opened *opened)
{
    code_map_close(&opened->map);
    free(opened->bytes);
}

static void regions_are_sections_by_address(void **state)
{
    static const uint32_t addresses[] = {0, 0x08000000, 0x08000008, 0x20000000, 0xD0000000};
    struct opened opened;
    (void)state;

    open_plan(&opened, &(struct elf_plan){.parts = parts});
    assert_int_equal(opened.map.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(opened.map.regions[i].address, addresses[i]);
    }
    assert_true(opened.map.regions[1].executable);
    assert_false(opened.map.regions[2].executable);
    close_plan(&opened);
}

static void data_is_found_in_ram_and_in_flash(void **state)
{
    struct opened opened;
    (void)state;

    open_plan(&opened, &(struct elf_plan){.parts = parts});
    assert_memory_equal(code_map_bytes(&opened.map, 0x20000000, 4), values, 4);
    assert_memory_equal(code_map_bytes(&opened.map, 0x0800000D, 3), values + 1, 3);
    assert_null(code_map_bytes(&opened.map, 0x20000001, 4));
    assert_null(code_map_bytes(&opened.map, 0x20000004, 1));
    assert_null(code_map_bytes(&opened.map, 0x07FFFFFF, 1));
    assert_null(code_map_bytes(&opened.map, 0xFFFFFFFF, 4));
    close_plan(&opened);
}

static void constants_are_what_no_store_changes(void **state)
{
    struct opened opened;
    uint32_t value;
    (void)state;

    open_plan(&opened, &(struct elf_plan){.parts = parts});
    assert_true(code_map_constant(&opened.map, 0x08000004, 4, &value));
    assert_int_equal(value, 0x04030201);
    assert_true(code_map_constant(&opened.map, 0x0800000A, 2, &value));
    assert_int_equal(value, 0x4433);
    assert_true(code_map_constant(&opened.map, 0x0800000F, 1, &value));
    assert_int_equal(value, 0x88);
    assert_true(code_map_constant(&opened.map, 4, 4, &value)); // literals of code in ITCM
    assert_false(code_map_constant(&opened.map, 0x20000000, 4, &value));
    assert_false(code_map_constant(&opened.map, 0xD0000000, 4, &value));
    assert_false(code_map_constant(&opened.map, 0x08000100, 4, &value));
    assert_false(code_map_constant(&opened.map, 0x40000000, 4, &value));
    close_plan(&opened);
}

static void code_is_where_a_section_says_so(void **state)
{
    struct opened opened;
    (void)state;

    open_plan(&opened, &(struct elf_plan){.parts = parts});
    assert_true(code_map_is_code(&opened.map, 0x08000006));
    assert_false(code_map_is_code(&opened.map, 0x08000008));
    assert_false(code_map_is_code(&opened.map, 0x08000014)); // .itcm is only loaded there
    assert_true(code_map_is_code(&opened.map, 0));
    close_plan(&opened);
}

static void without_sections_segments_say_it(void **state)
{
    struct opened opened;
    (void)state;

    open_plan(&opened, &(struct elf_plan){.parts = parts, .without_sections = true});
    assert_true(code_map_is_code(&opened.map, 0x08000000));
    assert_false(code_map_is_code(&opened.map, 0x08000008));
    assert_memory_equal(code_map_bytes(&opened.map, 0x20000000, 4), values, 4);
    close_plan(&opened);
}

static void neighbours_are_one_region(void **state)
{
    static const struct elf_part two[] = {
        {".a", 0x08000000, 0x08000000, false, false, constants, sizeof constants},
        {".b", 0x08000004, 0x08000004, false, false, values, sizeof values},
        {NULL, 0, 0, false, false, NULL, 0},
    };
    struct opened opened;
    (void)state;

    open_plan(&opened, &(struct elf_plan){.parts = two});
    assert_int_equal(opened.map.count, 1);
    assert_non_null(code_map_bytes(&opened.map, 0x08000002, 4));
    assert_true(code_map_is_code(&opened.map, 0x08000002)); // nothing says what is code
    close_plan(&opened);
}

static void a_file_that_loads_more_than_it_has_is_refused(void **state)
{
    enum { COPIES = 24 };
    static uint8_t much[0x400];
    struct elf_part part = {".text", 0x08000000, 0x08000000, true, false, much, sizeof much};
    struct elf_part list[COPIES + 1] = {{0}};
    struct elf_file file;
    struct code_map map;
    struct problem problem;
    size_t size;
    (void)state;

    for (unsigned i = 0; i < COPIES; i++) {
        list[i] = part;
        list[i].bytes = much;
        list[i].size = i ? 4 : part.size;
    }
    uint8_t *bytes = elf_build(&(struct elf_plan){.parts = list}, &size);
    // Each section is the first segment's bytes.
    assert_int_equal(elf_file_open(&file, "a.elf", bytes, size, &problem), 0);
    struct elf_section first = elf_file_section(&file, 1);
    for (uint32_t i = 2; i <= COPIES; i++) {
        uint8_t *at = bytes + file.section_offset + i * ELF_SECTION_BYTES;
        memcpy(at + 16, bytes + file.section_offset + ELF_SECTION_BYTES + 16, 8);
    }
    assert_int_equal(first.size, sizeof much);
    assert_int_equal(code_map_open(&map, &file, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "loads more than it has"));
    free(bytes);
}

static void regions_of_the_architecture(void **state)
{
    (void)state;
    assert_false(address_is_ram(0x0FFFFFFF));
    assert_true(address_is_ram(0x10000000));
    assert_true(address_is_ram(0x3FFFFFFF));
    assert_false(address_is_ram(0x40000000));
    assert_true(address_is_peripheral(0x40000000));
    assert_true(address_is_peripheral(0x5FFFFFFF));
    assert_false(address_is_peripheral(0x60000000));
    assert_false(address_is_peripheral(0xDFFFFFFF));
    assert_true(address_is_peripheral(0xE0000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_of_the_architecture),
        cmocka_unit_test(regions_are_sections_by_address),
        cmocka_unit_test(data_is_found_in_ram_and_in_flash),
        cmocka_unit_test(constants_are_what_no_store_changes),
        cmocka_unit_test(code_is_where_a_section_says_so),
        cmocka_unit_test(without_sections_segments_say_it),
        cmocka_unit_test(neighbours_are_one_region),
        cmocka_unit_test(a_file_that_loads_more_than_it_has_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
