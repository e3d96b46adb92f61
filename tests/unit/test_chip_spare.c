// test_chip_spare.c: what a chip leaves to the next one, and what of it is not taken.
// SPDX-License-Identifier: MIT
#include "blocks.h"
#include "chip.h"
#include "journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct life {
    struct chip chip;
    struct journal journal;
};

static void begin(struct life *life, struct chip_spare *spare, const char *slug)
{
    struct problem problem;

    memset(life, 0, sizeof *life);
    journal_open(&life->journal, NULL, &life->chip.core.instructions);
    assert_int_equal(chip_open_from(spare, &life->chip, device_find(slug), blocks_type,
                                    &life->journal, 1, &problem),
                     0);
    assert_int_equal(chip_reset(&life->chip, RESET_POWER_ON, &problem), 0);
}

static void end(struct life *life, struct chip_spare *spare)
{
    chip_spare_take(spare, &life->chip);
    chip_close(&life->chip);
    journal_close(&life->journal);
}

// Every byte of every memory, added up with its place.
static uint64_t sum_of(const struct memory *memory)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < memory->count; i++) {
        for (uint32_t at = 0; at < memory->regions[i].region.size; at++) {
            sum = sum * 31 + memory->regions[i].bytes[at];
        }
    }
    return sum;
}

static void the_next_chip_is_as_new(void **state)
{
    struct chip_spare spare = {.slug = NULL};
    struct life first, next;
    (void)state;

    begin(&first, &spare, "g0b1");
    uint64_t fresh = sum_of(&first.chip.memory);
    const struct cpu *engine = first.chip.core.cpu;
    uint8_t *flash = memory_at(&first.chip.memory, first.chip.device->flash.start, 8);
    memset(flash, 0x5A, 8);
    memset(memory_at(&first.chip.memory, first.chip.device->mark, 8), 0x5A, 8);
    cpu_set(first.chip.core.cpu, CPU_R4, 0x12345678);
    end(&first, &spare);

    begin(&next, &spare, "g0b1");
    assert_ptr_equal(next.chip.core.cpu, engine);
    assert_ptr_equal(memory_at(&next.chip.memory, next.chip.device->flash.start, 8), flash);
    assert_true(sum_of(&next.chip.memory) == fresh);
    assert_int_equal(cpu_get(next.chip.core.cpu, CPU_R4), 0);
    assert_int_equal(next.chip.core.instructions, 0);
    end(&next, &spare);
    chip_spare_close(&spare);
}

static void another_row_takes_nothing(void **state)
{
    struct chip_spare spare = {.slug = NULL};
    struct life first, next;
    (void)state;

    begin(&first, &spare, "g0b1");
    end(&first, &spare);
    begin(&next, &spare, "h723");
    assert_null(spare.slug);
    assert_int_equal(next.chip.memory.regions[0].region.size, next.chip.device->flash.size);
    end(&next, &spare);
    assert_string_equal(spare.slug, "h723");
    chip_spare_close(&spare);
}

// Whether the engine of a chip is left after `change` was done to it.
static bool leaves_engine(void (*change)(struct chip *chip))
{
    struct chip_spare spare = {.slug = NULL};
    struct problem problem;
    struct life life;
    bool left;

    begin(&life, &spare, "g0b1");
    change(&life.chip);
    assert_int_equal(chip_reset(&life.chip, RESET_SOFTWARE, &problem), 0);
    end(&life, &spare);
    left = spare.cpu != NULL;
    chip_spare_close(&spare);
    return left;
}

static void change_nothing(struct chip *chip)
{
    (void)chip;
}

static void change_code(struct chip *chip)
{
    chip->code_changed = true; // as whoever writes to flash does; the reset takes note of it
}

static void change_parity(struct chip *chip)
{
    chip->parity = true;
}

static void lock_up(struct chip *chip)
{
    chip->core.lockup = "a test";
}

static void an_engine_that_cannot_be_trusted_is_not_left(void **state)
{
    (void)state;

    assert_true(leaves_engine(change_nothing));
    assert_false(leaves_engine(change_code));
    assert_false(leaves_engine(change_parity));
    assert_false(leaves_engine(lock_up));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_chip_is_as_new),
        cmocka_unit_test(another_row_takes_nothing),
        cmocka_unit_test(an_engine_that_cannot_be_trusted_is_not_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
