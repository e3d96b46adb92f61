// test_firmware.c: an ELF that is open for checking, and files that are refused.
// SPDX-License-Identifier: MIT
#include "elf_build.h"
#include "elf_file.h"
#include "firmware.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FLASH = 0x08000000, STACK = 0x20005000, V7E_M = 13 };

// A table of six words, and code from 0x20 on: bl +0 to 0x30; b .; nops.
static uint32_t program[64];

static const struct elf_part none = {NULL, 0, 0, false, false, NULL, 0};

// Puts the program at `base`, with its vectors `behind` bytes further on.
static void write_program(uint32_t base, uint32_t behind)
{
    uint32_t *table = program + behind / 4;
    uint32_t code = base + behind + 0x20;

    memset(program, 0, sizeof program);
    table[0] = STACK;
    table[1] = (code + 0x00) | 1;
    table[2] = (code + 0x20) | 1;
    table[3] = (code + 0x20) | 1;
    table[5] = 0x12345678; // no handler: the table ends
    table[8] = 0xF806F000; // bl +16
    table[9] = 0xE7FEE7FE;
    table[12] = 0x47704770;
    table[16] = 0x8808F383; // msr msp, r3
}

static struct elf_part program_part(uint32_t address)
{
    return (struct elf_part){".text", address, address, true, false, program, sizeof program};
}

static int open_plan(struct firmware *firmware, const struct elf_plan *plan,
                     struct problem *problem)
{
    size_t size;
    uint8_t *bytes = elf_build(plan, &size);

    return firmware_open_bytes(firmware, "a.elf", bytes, size, problem);
}

static void open_program(struct firmware *firmware, uint32_t base,
                         const struct elf_function *functions)
{
    const struct elf_part parts[] = {program_part(base), none};
    const struct elf_plan plan = {
        .parts = parts, .functions = functions, .architecture = V7E_M, .profile = 'M'};
    struct problem problem = {.what = ""};

    int error = open_plan(firmware, &plan, &problem);
    assert_string_equal(problem.what, "");
    assert_int_equal(error, 0);
}

static void vectors_begin_flash(void **state)
{
    struct firmware firmware;
    uint32_t address;
    (void)state;

    write_program(FLASH, 0);
    open_program(&firmware, FLASH, NULL);
    assert_true(firmware.has_vectors);
    assert_int_equal(firmware.vectors, FLASH);
    assert_int_equal(firmware.initial_sp, STACK);
    assert_int_equal(firmware.reset, FLASH + 0x20);
    assert_int_equal(firmware.vector_count, 5);
    assert_true(firmware_handler(&firmware, 1, &address));
    assert_int_equal(address, FLASH + 0x20);
    assert_true(firmware_handler(&firmware, 3, &address));
    assert_int_equal(address, FLASH + 0x40);
    assert_false(firmware_handler(&firmware, 0, &address));
    assert_false(firmware_handler(&firmware, 4, &address)); // 0
    assert_false(firmware_handler(&firmware, 5, &address));
    assert_false(firmware_handler(&firmware, 0x40000000, &address));
    firmware_close(&firmware);
}

static void vectors_of_an_application_behind_a_loader(void **state)
{
    struct firmware firmware;
    (void)state;

    write_program(0x08004000, 0);
    open_program(&firmware, 0x08004000, NULL);
    assert_int_equal(firmware.vectors, 0x08004000);
    firmware_close(&firmware);
    write_program(FLASH, 0x80); // behind a header
    open_program(&firmware, FLASH, NULL);
    assert_int_equal(firmware.vectors, FLASH + 0x80);
    firmware_close(&firmware);
    write_program(0x24000000, 0); // in RAM
    open_program(&firmware, 0x24000000, NULL);
    assert_int_equal(firmware.vectors, 0x24000000);
    firmware_close(&firmware);
}

static void the_lowest_table_in_flash_counts(void **state)
{
    static uint32_t loader[64];
    struct firmware firmware;
    struct problem problem;
    (void)state;

    write_program(FLASH, 0);
    memcpy(loader, program, sizeof loader);
    write_program(0x08010000, 0);
    const struct elf_part parts[] = {
        program_part(0x08010000),
        {".ram", 0x10000000, 0x08030000, true, false, loader, sizeof loader},
        {".loader", FLASH, FLASH, true, false, loader, sizeof loader},
        none};
    assert_int_equal(open_plan(&firmware, &(struct elf_plan){.parts = parts}, &problem), 0);
    assert_int_equal(firmware.vectors, FLASH);
    firmware_close(&firmware);
}

static void without_vectors_there_are_none(void **state)
{
    struct firmware firmware;
    uint32_t address;
    (void)state;

    write_program(FLASH, 0);
    program[0] = 0x08001000; // a stack in flash
    open_program(&firmware, FLASH, NULL);
    assert_false(firmware.has_vectors);
    assert_false(firmware_handler(&firmware, 1, &address));
    firmware_close(&firmware);
    write_program(FLASH, 0);
    program[1] &= ~1u; // ARM code
    open_program(&firmware, FLASH, NULL);
    assert_false(firmware.has_vectors);
    firmware_close(&firmware);
}

static void functions_of_a_stripped_file(void **state)
{
    static const uint32_t starts[] = {FLASH + 0x20, FLASH + 0x30, FLASH + 0x40};
    char place[IMAGE_NAME_ROOM];
    struct firmware firmware;
    uint32_t start;
    (void)state;

    write_program(FLASH, 0);
    open_program(&firmware, FLASH, NULL);
    assert_int_equal(firmware.start_count, 3);
    assert_memory_equal(firmware.starts, starts, sizeof starts);
    assert_false(firmware_function(&firmware, FLASH + 0x1E, &start));
    assert_true(firmware_function(&firmware, FLASH + 0x2F, &start));
    assert_int_equal(start, FLASH + 0x20);
    assert_false(firmware_function(&firmware, FLASH + sizeof program, &start));
    firmware_place(&firmware, FLASH + 0x32, place);
    assert_string_equal(place, "sub_08000030+0x2");
    firmware_place(&firmware, FLASH + 0x31, place);
    assert_string_equal(place, "sub_08000030");
    firmware_name(&firmware, FLASH + 0x32, place);
    assert_string_equal(place, "sub_08000030");
    firmware_name(&firmware, FLASH, place);
    assert_string_equal(place, "0x08000000");
    firmware_close(&firmware);
}

static void functions_of_symbols(void **state)
{
    // The target of the BL lies inside main: data that looks like a BL makes no function of it.
    static const struct elf_function functions[] = {
        {"Reset_Handler", FLASH + 0x20, 8}, {"main.constprop.0", FLASH + 0x28, 0x14}, {NULL, 0, 0}};
    char place[IMAGE_NAME_ROOM];
    struct firmware firmware;
    uint32_t start;
    (void)state;

    write_program(FLASH, 0);
    open_program(&firmware, FLASH, functions);
    assert_int_equal(firmware.start_count, 3);
    assert_true(firmware_function(&firmware, FLASH + 0x30, &start));
    assert_int_equal(start, FLASH + 0x28);
    firmware_place(&firmware, FLASH + 0x30, place);
    assert_string_equal(place, "main+0x8");
    firmware_name(&firmware, FLASH + 0x30, place);
    assert_string_equal(place, "main");
    firmware_name(&firmware, FLASH + 0x40, place);
    assert_string_equal(place, "sub_08000040");
    firmware_close(&firmware);
}

static void instructions_are_read_once(void **state)
{
    struct firmware firmware;
    (void)state;

    write_program(FLASH, 0);
    open_program(&firmware, FLASH, NULL);
    const struct instruction *call = firmware_instruction(&firmware, FLASH + 0x20);
    assert_int_equal(call->operation, OP_BL);
    assert_int_equal(call->immediate, FLASH + 0x30);
    for (uint32_t at = FLASH; at < FLASH + sizeof program; at += 2) {
        firmware_instruction(&firmware, at);
    }
    size_t count = firmware_instruction_count(&firmware);
    assert_ptr_equal(firmware_instruction(&firmware, FLASH + 0x20), call);
    assert_int_equal(firmware_instruction_count(&firmware), count);
    assert_null(firmware_instruction(&firmware, FLASH + 0x21));
    assert_null(firmware_instruction(&firmware, FLASH + sizeof program));
    assert_null(firmware_instruction(&firmware, 0xFFFFFFFE));
    firmware_close(&firmware);
}

static void the_last_halfword_is_no_half_of_an_instruction(void **state)
{
    struct firmware firmware;
    (void)state;

    write_program(FLASH, 0);
    program[63] = 0xF000BF00;
    open_program(&firmware, FLASH, NULL);
    assert_non_null(firmware_instruction(&firmware, FLASH + 0xFC));
    assert_null(firmware_instruction(&firmware, FLASH + 0xFE));
    firmware_close(&firmware);
}

static void assert_refused(const struct elf_plan *plan, const char *why)
{
    struct firmware firmware;
    struct problem problem;

    assert_int_equal(open_plan(&firmware, plan, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, why));
    assert_true(problem.try_this[0]);
    assert_int_equal(problem.fault, FAULT_FILE);
}

static void other_cores_are_refused(void **state)
{
    const struct elf_part parts[] = {program_part(FLASH), none};
    const struct elf_part no_code[] = {{".bss", 0x20000000, 0x20000000, false, true, NULL, 64},
                                       none};
    struct elf_plan plan = {.parts = parts, .architecture = 10, .profile = 'A'};
    (void)state;

    write_program(FLASH, 0);
    assert_refused(&plan, "Cortex-A");
    plan.profile = 'R';
    assert_refused(&plan, "Cortex-R");
    plan = (struct elf_plan){.parts = parts, .architecture = 5};
    assert_refused(&plan, "Tag_CPU_arch 5");
    plan = (struct elf_plan){.parts = parts, .type = ELF_RELOCATABLE};
    assert_refused(&plan, "not linked yet");
    plan = (struct elf_plan){.parts = no_code};
    assert_refused(&plan, "without anything to load");
}

static void refuse_text(const char *text, const char *why)
{
    struct firmware firmware;
    struct problem problem;
    size_t size = strlen(text);
    uint8_t *bytes = malloc(size + 1);

    assert_non_null(bytes);
    memcpy(bytes, text, size + 1);
    assert_int_equal(firmware_open_bytes(&firmware, "a.bin", bytes, size, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, why));
    assert_non_null(strstr(problem.try_this, "ELF"));
}

static void other_formats_are_refused(void **state)
{
    struct firmware firmware;
    struct problem problem;
    (void)state;

    refuse_text(":020000040800F2\n:00000001FF\n", "Intel HEX");
    refuse_text("S00600004844521B\n", "S-records");
    refuse_text("anything", "raw binary");
    assert_int_equal(firmware_open(&firmware, "/nonexistent.elf", &problem), EXIT_USAGE);
}

// Whether the first `size` bytes open, with one of them changed.
static bool opens(const uint8_t *bytes, size_t size, size_t at, unsigned change)
{
    struct firmware firmware;
    struct problem problem;
    uint8_t *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    copy[at] ^= (uint8_t)change;
    if (firmware_open_bytes(&firmware, "a.elf", copy, size, &problem)) {
        return false;
    }
    firmware_instruction(&firmware, firmware.reset);
    firmware_close(&firmware);
    return true;
}

// Every file that ends too early, and many with a byte changed, open or are refused.
static void damaged_files_do_no_harm(void **state)
{
    static const struct elf_function functions[] = {{"main", FLASH + 0x20, 8}, {NULL, 0, 0}};
    const struct elf_part parts[] = {program_part(FLASH), none};
    const struct elf_plan plan = {
        .parts = parts, .functions = functions, .architecture = V7E_M, .profile = 'M'};
    unsigned opened = 0;
    size_t size;
    (void)state;

    write_program(FLASH, 0);
    uint8_t *bytes = elf_build(&plan, &size);
    for (size_t at = 0; at < size; at++) {
        opened += opens(bytes, at, 0, 0);
        for (unsigned change = 1; change < 0x100; change += 5) {
            opened += opens(bytes, size, at, change);
        }
    }
    free(bytes);
    assert_true(opened > size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_begin_flash),
        cmocka_unit_test(vectors_of_an_application_behind_a_loader),
        cmocka_unit_test(the_lowest_table_in_flash_counts),
        cmocka_unit_test(without_vectors_there_are_none),
        cmocka_unit_test(functions_of_a_stripped_file),
        cmocka_unit_test(functions_of_symbols),
        cmocka_unit_test(instructions_are_read_once),
        cmocka_unit_test(the_last_halfword_is_no_half_of_an_instruction),
        cmocka_unit_test(other_cores_are_refused),
        cmocka_unit_test(other_formats_are_refused),
        cmocka_unit_test(damaged_files_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
