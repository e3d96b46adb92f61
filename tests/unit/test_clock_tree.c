// test_clock_tree.c: the clock of the core and of the timers, as the registers of RCC say.
// SPDX-License-Identifier: MIT
//
// The settings are those that projects use, the results are worked out by hand from ST's reference
// manuals.
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MOST_WRITES = 6, MHZ = 1000000 };

struct setting {
    const char *slug;
    uint32_t crystal;
    struct {
        uint32_t address, value;
    } writes[MOST_WRITES];
    unsigned core, apb1, apb2; // MHz: the core, and the timers of both APBs
};

// SW is in the last write, so that SWS follows with all else in place.
static const struct setting settings[] = {
    // F0: 8 / 2 * 12, APB a half; 48 MHz by itself; HSI / 1 * 6.
    {"f072", 0, {{0x4002102C, 1}, {0x40021004, 2 | 4 << 8 | 2 << 15 | 10 << 18}}, 48, 48, 48},
    {"f072", 0, {{0x40021004, 3 | 5 << 8}}, 48, 24, 24},
    {"f072", 0, {{0x40021004, 2 | 1 << 15 | 4 << 18}}, 48, 48, 48},
    // F1: 8 * 9, APB1 a half; the half of 16 * 8; 25 / 5 * 8 / 5 * 9; 8 / 1 * 6.5.
    {"f10medium", 0, {{0x40021004, 2 | 4 << 8 | 1 << 16 | 7 << 18}}, 72, 72, 72},
    {"f10medium", 16 * MHZ, {{0x40021004, 2 | 5 << 8 | 3 << 16 | 6 << 18}}, 64, 32, 64},
    {"f105",
     25 * MHZ,
     {{0x4002102C, 4 | 4 << 4 | 6 << 8 | 1 << 16}, {0x40021004, 2 | 1 << 16 | 7 << 18}},
     72,
     72,
     72},
    {"f105", 8 * MHZ, {{0x4002102C, 0}, {0x40021004, 2 | 1 << 16 | 13 << 18}}, 52, 52, 52},
    // F2: 25 / 25 * 240 / 2, APB1 a quarter, APB2 a half.
    {"f2",
     0,
     {{0x40023804, 25 | 240 << 6 | 1 << 22}, {0x40023808, 2 | 5 << 10 | 4 << 13}},
     120,
     60,
     120},
    // F3: HSI / 1 * 9, which only its largest parts have.
    {"f303xe", 0, {{0x4002102C, 0}, {0x40021004, 2 | 1 << 15 | 7 << 18}}, 72, 72, 72},
    {"f303xc", 8 * MHZ, {{0x4002102C, 0}, {0x40021004, 2 | 1 << 16 | 7 << 18}}, 72, 72, 72},
    // F4: the PLL's other output; the AHB an eighth; TIMPRE with APB1 a quarter, with an eighth.
    {"f446",
     8 * MHZ,
     {{0x40023804, 8 | 360 << 6 | 1 << 22 | 2 << 28}, {0x40023808, 3}},
     180,
     180,
     180},
    {"f405", 8 * MHZ, {{0x40023808, 1 | 10 << 4 | 7 << 13}}, 1, 1, 0},
    {"f74",
     0,
     {{0x4002388C, 1 << 24},
      {0x40023804, 25 | 432 << 6 | 1 << 22},
      {0x40023808, 2 | 5 << 10 | 6 << 13}},
     216,
     216,
     108},
    // G0, C0, G4.
    {"g0b1", 0, {{0x4002100C, 3 | 8 << 8 | 1 << 29}, {0x40021008, 2 | 6 << 12}}, 32, 8, 8},
    {"c011", 0, {{0x40021000, 0x00000500}, {0x40021008, 0}}, 48, 48, 48},
    {"c071", 0, {{0x40021000, 1 << 2}, {0x40021008, 2}}, 24, 24, 24},
    {"g47", 0, {{0x4002100C, 3 | 5 << 4 | 85 << 8}, {0x40021008, 3 | 5 << 8}}, 170, 85, 170},
    // H5: 8 / 4 * 250 / 2. H7: 25 / 5 * 192 / 2, of which buses have a half, and 16.5 * 32 / 1.
    {"h563",
     8 * MHZ,
     {{0x44020C28, 3 | 4 << 8}, {0x44020C34, 249 | 1 << 9}, {0x44020C20, 5 << 4}, {0x44020C1C, 3}},
     250,
     125,
     250},
    {"h743",
     0,
     {{0x58024428, 2 | 5 << 4},
      {0x58024430, 191 | 1 << 9},
      {0x58024418, 8},
      {0x5802441C, 4 << 4 | 5 << 8},
      {0x58024410, 3}},
     480,
     240,
     120},
    {"h7a3",
     0,
     {{0x58024428, 0 | 32 << 4},
      {0x58024430, 15 | 0 << 9},
      {0x58024434, 4096 << 3}, // half a one more
      {0x5802442C, 1},
      {0x58024410, 3}},
     33,
     33,
     33},
    // H7RS: 24 / 12 * 300 / 1, of which buses have a half.
    {"h7rs",
     0,
     {{0x58024428, 2 | 12 << 4},
      {0x58024430, 299 | 0 << 9},
      {0x5802441C, 8},
      {0x58024420, 4 | 4 << 4},
      {0x58024410, 3}},
     600,
     300,
     300},
    // L0 and L1: 16 * 4 / 2; a quarter of 16; 8 * 12 / 3.
    {"l07", 0, {{0x4002100C, 3 | 1 << 18 | 1 << 22}}, 32, 32, 32},
    {"l07", 0, {{0x40021000, 1 << 3}, {0x4002100C, 1}}, 4, 4, 4},
    {"l1xc", 0, {{0x40023808, 3 | 1 << 16 | 4 << 18 | 2 << 22}}, 32, 32, 32},
    // L4, L5, U0: MSI of 4 MHz * 40 / 2; * 55 / 2; HSI * 7 / 2. MSI of 48 MHz by RCC_CR.
    {"l47", 0, {{0x4002100C, 1 | 40 << 8}, {0x40021008, 3}}, 80, 80, 80},
    {"l4r", 0, {{0x40021000, 0x1B8}, {0x40021008, 0}}, 48, 48, 48},
    {"l5", 0, {{0x4002100C, 1 | 55 << 8}, {0x40021008, 3 | 4 << 11}}, 110, 110, 110},
    {"u073", 0, {{0x4002100C, 2 | 7 << 8 | 1 << 29}, {0x40021008, 3 | 5 << 12}}, 56, 28, 28},
    // U3: MSIRC0. U5: MSIS of 4 MHz * 80 / 2.
    {"u375", 0, {{0x40030C08, 1 << 23}, {0x40030C1C, 0}}, 96, 96, 96},
    {"u575",
     0,
     {{0x46020C28, 1}, {0x46020C34, 79 | 1 << 24}, {0x46020C20, 4 << 8}, {0x46020C1C, 3}},
     160,
     160,
     160},
    // WB: 32 / 2 * 8 / 2, of which the core has a third of a half. WBA: 32 / 2 * 25 / 4. WL: MSI.
    {"wb5",
     0,
     {{0x5800000C, 3 | 1 << 4 | 12 << 8 | 1 << 29}, {0x58000008, 3 | 1 << 4}},
     32,
     32,
     32},
    {"wba5",
     0,
     {{0x46020C28, 3 | 1 << 8}, {0x46020C34, 24 | 3 << 24}, {0x46020C1C, 3}},
     100,
     100,
     100},
    {"wl5", 0, {{0x58000000, 0xB9}, {0x58000008, 0}}, 48, 48, 48},
    {"c53", 0, {{0x44020C1C, 1}}, 144, 144, 144},
};

static unsigned long in_mhz(const struct chip *chip, unsigned node)
{
    return (unsigned long)(chip->clock.hz[node] / MHZ);
}

static void registers_say_what_the_clocks_are(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct setting *setting = &settings[i];
        struct bench bench;
        bench_open(&bench, device_find(setting->slug));
        const struct clock_tree *tree = bench.chip.device->clock_tree;
        system_clock_set_crystal(&bench.chip, setting->crystal);
        for (int j = 0; j < MOST_WRITES && setting->writes[j].address; j++) {
            rcc_put(&bench.chip.rcc, setting->writes[j].address, setting->writes[j].value);
        }
        system_clock_look(&bench.chip);
        if (in_mhz(&bench.chip, tree->cpu) != setting->core ||
            in_mhz(&bench.chip, tree->timers[0]) != setting->apb1 ||
            in_mhz(&bench.chip, tree->timers[1]) != setting->apb2) {
            fail_msg("%s, setting %zu: %lu, %lu and %lu MHz", setting->slug, i,
                     in_mhz(&bench.chip, tree->cpu), in_mhz(&bench.chip, tree->timers[0]),
                     in_mhz(&bench.chip, tree->timers[1]));
        }
        assert_int_equal(bench.chip.clock.core_hz, bench.chip.clock.hz[tree->cpu]);
        bench_close(&bench);
    }
}

// The rows say it in another place too: what the way without a reset comes back to.
static void each_row_starts_with_the_clock_of_a_reset(void **state)
{
    unsigned rows = 0;
    (void)state;

    for (const struct device *row = devices; row < devices + device_count; row++) {
        struct bench bench;
        if (!row->clock_tree) {
            continue;
        }
        bench_open(&bench, row);
        assert_int_equal(bench.chip.clock.crystal_hz, row->clock_tree->hse);
        assert_int_equal(bench.chip.clock.crystal_core_hz, 0);
        assert_true(bench.chip.clock.hz[row->clock_tree->lsi] >= 32000);
        if (row->jump.hz) {
            assert_int_equal(bench.chip.clock.core_hz, row->jump.hz);
            rows++;
        }
        bench_close(&bench);
    }
    assert_true(rows >= 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registers_say_what_the_clocks_are),
        cmocka_unit_test(each_row_starts_with_the_clock_of_a_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
