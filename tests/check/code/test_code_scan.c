// test_code_scan.c: what one pass over halfwords finds of an entry into a ROM.
// SPDX-License-Identifier: MIT
#include "code_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { START = 0x08000000, MOST = 64 };

struct scanned {
    struct code_region region;
    struct code_map map;
    struct code_scan scan;
    uint8_t bytes[2 * MOST];
};

static void scan_halves(struct scanned *scanned, const uint16_t *halves, size_t count, bool code)
{
    struct problem problem;

    memset(scanned, 0, sizeof *scanned);
    for (size_t i = 0; i < count; i++) {
        scanned->bytes[2 * i] = (uint8_t)halves[i];
        scanned->bytes[2 * i + 1] = (uint8_t)(halves[i] >> 8);
    }
    scanned->region = (struct code_region){.address = START,
                                           .load_address = START,
                                           .size = (uint32_t)(2 * count),
                                           .bytes = scanned->bytes,
                                           .executable = code};
    scanned->map = (struct code_map){.regions = &scanned->region, .count = 1};
    assert_int_equal(code_scan_run(&scanned->scan, &scanned->map, &problem), 0);
}

struct expected {
    uint32_t offset;
    enum code_site_kind kind;
    uint32_t number;
};

static void check_sites(const struct code_scan *scan, const struct expected *expected, size_t count)
{
    assert_int_equal(scan->site_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(scan->sites[i].address, START + expected[i].offset);
        assert_int_equal(scan->sites[i].kind, expected[i].kind);
        assert_int_equal(scan->sites[i].number, expected[i].number);
    }
}

static void special_registers(void **state)
{
    static const uint16_t halves[] = {
        0xF383, 0x8808, // msr msp, r3
        0xF383, 0x8889, // msr psp_ns, r3
        0xF380, 0x8814, // msr control, r0
        0xF380, 0x8810, // msr primask, r0
        0xF380, 0x8812, // msr basepri_max, r0
        0xF382, 0x880A, // msr msplim, r2: makes no entry
        0xF380, 0x8C00, // msr apsr_nzcvqg, r0: neither
        0xF3EF, 0x8308, // mrs r3, msp: neither
        0xB672, 0xB661, // cpsid i; cpsie f
    };
    static const struct expected expected[] = {{0, SITE_MSR_MSP, 0},     {4, SITE_MSR_PSP, 0},
                                               {8, SITE_MSR_CONTROL, 0}, {12, SITE_MSR_MASK, 16},
                                               {16, SITE_MSR_MASK, 18},  {32, SITE_CPS, 2},
                                               {34, SITE_CPS, 1}};
    struct scanned scanned;
    (void)state;

    scan_halves(&scanned, halves, sizeof halves / sizeof halves[0], true);
    check_sites(&scanned.scan, expected, sizeof expected / sizeof expected[0]);
    code_scan_close(&scanned.scan);
}

static void stack_pointers(void **state)
{
    static const uint16_t halves[] = {
        0x469D,         // mov sp, r3
        0xF8D0, 0xD000, // ldr.w sp, [r0]
        0xF850, 0xDB04, // ldr.w sp, [r0], #4
        0xF8DF, 0xD004, // ldr.w sp, [pc, #4]
        0xEA4F, 0x0D03, // mov.w sp, r3
        0x46BD, 0xBD80, // mov sp, r7; pop {r7, pc}: the end of a function
        0x46BD, 0x4718, // mov sp, r7; bx r3
        0x466B,         // mov r3, sp
    };
    static const struct expected expected[] = {{0, SITE_SET_SP, 0},  {2, SITE_SET_SP, 0},
                                               {6, SITE_SET_SP, 0},  {10, SITE_SET_SP, 0},
                                               {14, SITE_SET_SP, 0}, {22, SITE_SET_SP, 0}};
    struct scanned scanned;
    (void)state;

    scan_halves(&scanned, halves, sizeof halves / sizeof halves[0], true);
    check_sites(&scanned.scan, expected, sizeof expected / sizeof expected[0]);
    code_scan_close(&scanned.scan);
}

// Of F1, F4, H7 and H5, with their +1 and +4; numbers beside them; and AIRCR's key.
static const uint16_t numbers[] = {0xF000, 0x1FFF, 0x0001, 0x1FFF, 0x9804, 0x1FF0, 0x7000,
                                   0x0BF9, 0xFFFF, 0x1FEF, 0x0000, 0x2000, 0x0004, 0x05FA,
                                   0x0000, 0x0800, 0x0000, 0x0010, 0x0004, 0x0010};
static const struct expected number_sites[] = {
    {0, SITE_ROM_NUMBER, 0x1FFFF000}, {4, SITE_ROM_NUMBER, 0x1FFF0001},
    {8, SITE_ROM_NUMBER, 0x1FF09804}, {12, SITE_ROM_NUMBER, 0x0BF97000},
    {24, SITE_RESET, 0x05FA0004},     {36, SITE_ROM_NUMBER, 0x00100004}}; // F7, and no mask

static void literals_of_code_and_of_data(void **state)
{
    struct scanned scanned;
    (void)state;

    for (unsigned code = 0; code < 2; code++) {
        scan_halves(&scanned, numbers, sizeof numbers / sizeof numbers[0], code);
        check_sites(&scanned.scan, number_sites, sizeof number_sites / sizeof number_sites[0]);
        code_scan_close(&scanned.scan);
    }
    // Literals stand at multiples of 4.
    scan_halves(&scanned, (const uint16_t[]){0xBF00, 0xF000, 0x1FFF, 0xBF00}, 4, true);
    assert_int_equal(scanned.scan.site_count, 0);
    code_scan_close(&scanned.scan);
}

static void upper_halves(void **state)
{
    static const uint16_t halves[] = {
        0xF6C1, 0x73FF, // movt r3, #0x1FFF
        0xF6C1, 0x73F0, // movt r3, #0x1FF0
        0xF2C0, 0x53FA, // movt r3, #0x05FA
        0xF2CE, 0x0300, // movt r3, #0xE000
        0xF641, 0x73FF, // movw r3, #0x1FFF
    };
    static const struct expected expected[] = {{0, SITE_ROM_NUMBER, 0x1FFF0000},
                                               {4, SITE_ROM_NUMBER, 0x1FF00000},
                                               {8, SITE_RESET, 0x05FA0000}};
    struct scanned scanned;
    (void)state;

    scan_halves(&scanned, halves, sizeof halves / sizeof halves[0], true);
    check_sites(&scanned.scan, expected, sizeof expected / sizeof expected[0]);
    code_scan_close(&scanned.scan);
}

static void calls_come_by_target(void **state)
{
    static const uint16_t halves[] = {
        0xF000, 0xF806, // bl +16: 0x08000010
        0xF7FF, 0xFFFC, // bl -4: 0x08000000
        0xF000, 0xB802, // b.w +8: 0x08000010
        0xF000, 0xF900, // bl far behind the end: no code
        0xBF00, 0xBF00,
    };
    struct scanned scanned;
    (void)state;

    scan_halves(&scanned, halves, sizeof halves / sizeof halves[0], true);
    assert_int_equal(scanned.scan.call_count, 3);
    const struct code_call *calls = scanned.scan.calls;
    assert_int_equal(calls[0].target, START);
    assert_int_equal(calls[0].address, START + 4);
    assert_int_equal(calls[1].target, START + 16);
    assert_int_equal(calls[1].address, START);
    assert_true(calls[1].links);
    assert_int_equal(calls[2].target, START + 16);
    assert_false(calls[2].links);
    code_scan_close(&scanned.scan);
}

static void rom_of_any_device(void **state)
{
    struct scanned scanned;
    (void)state;

    scan_halves(&scanned, numbers, 2, true);
    const struct code_scan *scan = &scanned.scan;
    assert_true(code_scan_is_rom(scan, 0x1FFFF000));  // F1
    assert_true(code_scan_is_rom(scan, 0x1FFF0004));  // F4, G0
    assert_true(code_scan_is_rom(scan, 0x1FF09801));  // H7
    assert_true(code_scan_is_rom(scan, 0x00100000));  // F7, through its other bus
    assert_false(code_scan_is_rom(scan, 0x08000000)); // flash
    assert_false(code_scan_is_rom(scan, 0x20000000));
    assert_false(code_scan_is_rom(scan, 0));
    assert_false(code_scan_is_rom(scan, 0x00100008)); // a number like others
    assert_false(code_scan_is_rom(scan, 0x10000000)); // of WB0, and RAM of F4
    code_scan_close(&scanned.scan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_registers),
        cmocka_unit_test(stack_pointers),
        cmocka_unit_test(literals_of_code_and_of_data),
        cmocka_unit_test(upper_halves),
        cmocka_unit_test(calls_come_by_target),
        cmocka_unit_test(rom_of_any_device),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
