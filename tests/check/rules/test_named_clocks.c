// test_named_clocks.c: which chips a program may be for, by the RCC that it names.
// SPDX-License-Identifier: MIT
#include "named_clocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FLASH = 0x08000000 };

static const uint32_t F1 = 0x40021018, F4 = 0x40023830, GPIOE_OF_F4 = 0x40021000;

static bool fits(const char *slug, const uint8_t *code, uint32_t size)
{
    struct code_region region = {.address = FLASH, .size = size, .bytes = code, .executable = true};
    struct firmware firmware = {.map = {&region, 1}};
    struct named_clocks clocks;

    named_clocks_find(&clocks, &firmware);
    return named_clocks_fit(&clocks, device_find(slug));
}

static bool fits_literals(const char *slug, const uint32_t *words, uint32_t count)
{
    uint8_t code[64] = {0};

    assert_true(4 * count <= sizeof code);
    for (uint32_t i = 0; i < 4 * count; i++) {
        code[i] = (uint8_t)(words[i / 4] >> 8 * (i % 4));
    }
    return fits(slug, code, 4 * count);
}

static void literals(void **state)
{
    const uint32_t f1[] = {F1}, f4[] = {F4, GPIOE_OF_F4, 0x12345678};

    (void)state;
    assert_true(fits_literals("f10medium", f1, 1));
    assert_true(fits_literals("l47", f1, 1)); // has its RCC there, too
    assert_false(fits_literals("f405", f1, 1));
    assert_true(fits_literals("f405", f4, 3));
    assert_false(fits_literals("f10medium", f4, 3));
    assert_false(fits_literals("h723", f4, 3));
}

static void nothing_named(void **state)
{
    const uint32_t words[] = {0x12345678};

    (void)state;
    assert_true(fits_literals("f405", words, 1));
    assert_true(fits_literals("h723", words, 1));
}

// Two instructions that look like an address: others are named more often.
static void by_chance(void **state)
{
    const uint32_t words[] = {F1, F1 + 4, F1, F1, F1, F1, F1, F1, 0x44020C04};

    (void)state;
    assert_true(fits_literals("f10medium", words, sizeof words / sizeof *words));
    assert_false(fits_literals("h563", words, sizeof words / sizeof *words));
}

// MOVW r0, #0x4400; MOVS r1, #0; MOVT r0, #0x5802: RCC of H7. Of another register: nothing.
static void pairs(void **state)
{
    const uint8_t same[] = {0x44, 0xF2, 0x00, 0x40, 0x00, 0x21, 0xC5, 0xF6, 0x02, 0x00},
                  other[] = {0x44, 0xF2, 0x00, 0x41, 0x00, 0x21, 0xC5, 0xF6, 0x02, 0x00};

    (void)state;
    assert_true(fits("h723", same, sizeof same));
    assert_false(fits("f405", same, sizeof same));
    assert_true(fits("f405", other, sizeof other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals),
        cmocka_unit_test(nothing_named),
        cmocka_unit_test(by_chance),
        cmocka_unit_test(pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
