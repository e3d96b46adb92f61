// test_option_bits.c: option bits show factory values until a scenario makes them refuse.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define OPTCR  0x40023C14u // in the flash block
#define NOBODY 0x4002F000u // in no block

static const char *const no_parts[] = {NULL};
static const struct option_check checks[] = {
    {OPTION_RDP_LEVEL_2, "RDP", OPTCR, 0xFF00, 0xCC00, false, 0x3300, no_parts},
    {OPTION_RDP_LEVEL_1, "RDP", OPTCR, 0xFF00, 0x3300, true, 0x3300, no_parts},
    {OPTION_HARDWARE_WWDG, "WWDG_SW", OPTCR, 1 << 4, 0, false, 1 << 4, no_parts},
    {OPTION_RAM_ERASED, "SRAM_RST", NOBODY, 1 << 3, 0, false, 1 << 3, no_parts},
    {.name = NULL},
};
static const struct peripheral peripherals[] = {
    {"FLASH", BLOCK_FLASH, 0x40023C00, 0x400, 0, 0, 0, 0, 0, -1, {0}},
    {"WWDG", BLOCK_WWDG, 0x40002C00, 0x400, 0, 0, 0, 0, 0, -1, {0}},
    {.name = NULL},
};
static const struct ram rams[] = {{{"SRAM1", 0x20000000, 0x1C000}, 0, 0, "SRAM_RST", false},
                                  {{"SRAM2", 0x2001C000, 0x4000}, 0, 0, "", false},
                                  {{NULL, 0, 0}, 0, 0, NULL, false}};

static void set_up(struct bench *bench, struct device *device)
{
    *device = bench_device("f405");
    device->peripherals = peripherals;
    device->options = checks;
    device->rams = rams;
    bench_open(bench, device);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void factory_values_show_whatever_is_written(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    assert_int_equal(get(&bench, OPTCR), 0x3310);
    assert_int_equal(bus_read(&bench.chip, OPTCR + 1, 1), 0x33);
    assert_int_equal(get(&bench, NOBODY), 8);
    bus_write(&bench.chip, OPTCR, 4, 0x2);
    assert_int_equal(get(&bench, OPTCR), 0x3312);
    bench_close(&bench);
}

static void a_refusal_shows_over_resets(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    assert_false(option_bits_set(&bench.chip, OPTION_BOOT_LOCK));
    assert_true(option_bits_set(&bench.chip, OPTION_RDP_LEVEL_2));
    assert_int_equal(get(&bench, OPTCR), 0xCC10);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, OPTCR), 0xCC10);
    option_bits_clear(&bench.chip);
    assert_int_equal(get(&bench, OPTCR), 0x3310);
    assert_true(option_bits_set(&bench.chip, OPTION_RDP_LEVEL_1));
    uint32_t level = get(&bench, OPTCR) & 0xFF00;
    assert_int_not_equal(level, 0x3300);
    assert_int_not_equal(level, 0xCC00); // that would be level 2, and is what ~0x33 is
    bench_close(&bench);
}

static void watchdogs_and_ram_follow_their_options(void **state)
{
    struct device device;
    struct bench bench;
    uint32_t word = 0x5A5A5A5A;
    (void)state;

    set_up(&bench, &device);
    assert_true(option_bits_set(&bench.chip, OPTION_HARDWARE_WWDG));
    assert_true(option_bits_set(&bench.chip, OPTION_RAM_ERASED));
    assert_int_equal(get(&bench, NOBODY), 0);
    bench_store(&bench, 0x20000000, &word, 4);
    bench_store(&bench, 0x2001C000, &word, 4);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_true(bench_deadline(&bench, WATCHDOG_WINDOW) != EVENT_NEVER);
    assert_int_equal(memory_word(&bench.chip.memory, 0x20000000), 0);
    assert_int_equal(memory_word(&bench.chip.memory, 0x2001C000), 0x5A5A5A5A);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factory_values_show_whatever_is_written),
        cmocka_unit_test(a_refusal_shows_over_resets),
        cmocka_unit_test(watchdogs_and_ram_follow_their_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
