// test_walk.c: loops, tables and calls that a walk has to follow to find an entry.
// SPDX-License-Identifier: MIT
#include "effort.h"
#include "elf_build.h"
#include "walk_programs.h"
#include "walk_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { FLASH = 0x08000000, CODE = 0x40, ROOM = 512, STACK = 0x20001000, V7E_M = 13, V6_M = 11 };

struct walked {
    struct firmware firmware;
    struct effort effort;
    struct walk walk;
};

// The table of vectors, and the program behind it.
static void write_image(uint8_t image[ROOM], const struct walk_program *program)
{
    const uint32_t table[] = {STACK, (FLASH + CODE) | 1};

    memset(image, 0, ROOM);
    memcpy(image, table, sizeof table);
    assert_true(CODE + 2 * program->count <= ROOM);
    memcpy(image + CODE, program->halves, 2 * program->count);
}

static void walk_program(struct walked *walked, const struct walk_program *program,
                         const char *slug)
{
    static uint8_t image[ROOM];
    const struct device *device = device_find(slug);
    const struct elf_part parts[] = {
        {".text", FLASH, FLASH, true, false, image, CODE + 2 * (uint32_t)program->count},
        {NULL, 0, 0, false, false, NULL, 0}};
    const struct elf_plan plan = {
        .parts = parts, .architecture = device->core == CORE_M0 ? V6_M : V7E_M, .profile = 'M'};
    struct problem problem = {.what = ""};
    struct walk_chip chip;
    size_t size;

    write_image(image, program);
    uint8_t *bytes = elf_build(&plan, &size);

    memset(walked, 0, sizeof *walked);
    walked->effort = (struct effort){.steps = EFFORT_STEPS, .bytes = EFFORT_BYTES};
    walk_chip_of(device, &chip);
    assert_int_equal(firmware_open_bytes(&walked->firmware, "a.elf", bytes, size, &problem), 0);
    assert_int_equal(walk_run(&walked->walk, &walked->firmware, &chip, &walked->effort, &problem),
                     0);
}

static void walked_close(struct walked *walked)
{
    walk_close(&walked->walk);
    firmware_close(&walked->firmware);
}

// The entry that the walk from the reset has found.
static const struct rom_entry *entry_of(const struct walked *walked)
{
    for (size_t i = 0; i < walked->walk.entry_count; i++) {
        if (walked->walk.entries[i].origin == ORIGIN_RESET) {
            return &walked->walk.entries[i];
        }
    }
    return NULL;
}

static void check_is_found(const struct walk_program *program, const char *slug, bool finished)
{
    struct walked walked;

    walk_program(&walked, program, slug);
    const struct rom_entry *entry = entry_of(&walked);

    assert_non_null(entry);
    assert_int_equal(entry->target.source, SOURCE_ROM_WORD);
    assert_int_equal(entry->finished, finished);
    walked_close(&walked);
}

static void way_out_inside(void **state)
{
    (void)state;
    check_is_found(&program_way_out_inside, "f405", true);
}

static void tables(void **state)
{
    (void)state;
    check_is_found(&program_add_pc, "f072", true);
    check_is_found(&program_mov_pc, "f072", true);
    check_is_found(&program_load_pc, "f405", true);
}

// The steps end in a call. What comes back from it may reach the entry, and what does not may not.
static void steps_end(void **state)
{
    struct walked walked;

    (void)state;
    check_is_found(&program_endless, "f405", true);
    walk_program(&walked, &program_endless, "f405");
    assert_false(walked.walk.reset_finished);
    walked_close(&walked);
    check_is_found(&program_returns, "f405", false);
}

// The delay costs few steps, and what it has counted is not known then.
static void delay(void **state)
{
    struct walked walked;
    const struct word *counted;

    (void)state;
    walk_program(&walked, &program_delay, "f405");
    const struct rom_entry *entry = entry_of(&walked);

    assert_non_null(entry);
    assert_true(walked.walk.steps < 1000);
    counted = memory_word(&entry->memory, STACK - 8);
    assert_true(!counted || !value_is_number(&counted->value));
    walked_close(&walked);
}

// What no instruction writes is as a reset left it.
static void unknown_calls(void **state)
{
    struct walked walked;

    (void)state;
    walk_program(&walked, &program_unknown_call, "f405");
    assert_non_null(entry_of(&walked));
    assert_true(value_is_number(&entry_of(&walked)->core.basepri));
    assert_false(value_is_number(&entry_of(&walked)->core.enabled[0]));
    walked_close(&walked);
    walk_program(&walked, &program_unknown_call_masks, "f405");
    assert_non_null(entry_of(&walked));
    assert_false(value_is_number(&entry_of(&walked)->core.basepri));
    assert_true(value_is_number(&entry_of(&walked)->core.primask));
    walked_close(&walked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(way_out_inside), cmocka_unit_test(tables),
        cmocka_unit_test(steps_end),      cmocka_unit_test(delay),
        cmocka_unit_test(unknown_calls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
