// test_store_path.c: what a reset loses of a store: dirty cache lines, units of RAM not complete.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CCR      0xE000ED14u
#define CCSIDR   0xE000ED80u
#define DCIMVAC  0xE000EF5Cu
#define DCISW    0xE000EF60u
#define DCCMVAC  0xE000EF68u
#define DCCSW    0xE000EF6Cu
#define DCCIMVAC 0xE000EF70u
#define DCCISW   0xE000EF74u
#define AXI      0x24008000u // cached, units of 8 bytes
#define DTCM     0x20000100u // not cached, units of 4 bytes

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    assert_true(bench_store(bench, address, &value, 4));
}

static uint32_t get(const struct bench *bench, uint32_t address)
{
    return memory_word(&bench->chip.memory, address);
}

static void open_h723(struct bench *bench, bool cache)
{
    bench_open(bench, device_find("h723"));
    put(bench, AXI, 1);
    put(bench, AXI + 4, 2);
    if (cache) {
        bus_write(&bench->chip, CCR, 4, 1 << 16);
    }
}

static void a_dirty_line_is_lost(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, true);
    put(&bench, AXI, 3);
    put(&bench, AXI + 28, 4);
    put(&bench, DTCM, 5);
    put(&bench, DTCM + 4, 5);              // the last one is lost there
    assert_int_equal(get(&bench, AXI), 3); // the core sees its own stores
    bench_reset(&bench, RESET_PIN);
    assert_int_equal(get(&bench, AXI), 1);
    assert_int_equal(get(&bench, AXI + 4), 2);
    assert_int_equal(get(&bench, DTCM), 5);
    put(&bench, AXI, 6); // the cache is off again
    put(&bench, AXI + 4, 7);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, AXI), 6);
    bench_close(&bench);
}

static void a_line_that_was_written_back_is_not(void **state)
{
    static const struct {
        uint32_t address, value;
    } cleans[] = {{DCCMVAC, AXI + 4}, {DCCIMVAC, AXI}, {DCCSW, 0}, {DCCISW, 0}};
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        open_h723(&bench, true);
        put(&bench, AXI, 3);
        put(&bench, AXI + 32, 8); // the next line stays dirty
        bus_write(&bench.chip, cleans[i].address, 4, cleans[i].value);
        bench_reset(&bench, RESET_SOFTWARE);
        assert_int_equal(get(&bench, AXI), 3);
        assert_int_not_equal(get(&bench, AXI + 32), 8);
        bench_close(&bench);
    }
}

static void an_invalidated_line_is_gone_at_once(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, true);
    put(&bench, AXI, 3);
    bus_write(&bench.chip, DCIMVAC, 4, AXI);
    assert_int_equal(get(&bench, AXI), 1);
    put(&bench, AXI, 3);
    bus_write(&bench.chip, DCISW, 4, 1u << 30); // the line is in way 1 now
    assert_int_equal(get(&bench, AXI), 1);
    bench_close(&bench);
}

// As CMSIS does it: off first, and then every set and way that CCSIDR announces.
static void switching_off_hides_and_cleaning_writes_back(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, true);
    for (uint32_t i = 0; i < 6; i++) {
        put(&bench, AXI + i * 4096, 30 + i);
    }
    bus_write(&bench.chip, CCR, 4, 0);
    assert_int_equal(get(&bench, AXI), 1);
    uint32_t size = bus_read(&bench.chip, CCSIDR, 4);
    for (uint32_t set = 0; set <= (size >> 13 & 0x7FFF); set++) {
        for (uint32_t way = 0; way <= (size >> 3 & 0x3FF); way++) {
            bus_write(&bench.chip, DCCISW, 4, set << 5 | way << 30);
        }
    }
    bench_reset(&bench, RESET_SOFTWARE);
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(get(&bench, AXI + i * 4096), 30 + i);
    }
    bench_close(&bench);
}

static void memory_that_the_mpu_makes_uncached_is_written_at_once(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, true);
    bus_write(&bench.chip, 0xE000ED9C, 4, 0x24000000 | 1 << 4);
    bus_write(&bench.chip, 0xE000EDA0, 4, 1 | 18 << 1 | 3 << 24 | 1 << 19); // TEX 1: not cached
    bus_write(&bench.chip, 0xE000ED94, 4, 5);
    put(&bench, AXI, 3);
    put(&bench, AXI + 4, 4);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, AXI), 3);
    bench_close(&bench);
}

static void half_a_unit_is_lost(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, false);
    put(&bench, AXI, 3);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, AXI), 1);
    put(&bench, DTCM, 5); // its units are 4 bytes
    bench_store(&bench, DTCM + 4, "ab", 2);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, DTCM), 5);
    assert_int_not_equal(get(&bench, DTCM + 4) & 0xFFFF, 'a' | 'b' << 8);
    bench_close(&bench);
}

static void a_whole_unit_or_another_one_ends_the_wait(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, false);
    put(&bench, AXI + 4, 4);
    put(&bench, AXI, 3);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, AXI), 3);
    assert_int_equal(get(&bench, AXI + 4), 4);

    put(&bench, AXI, 5);
    put(&bench, AXI + 8, 6);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, AXI), 5);
    assert_int_not_equal(get(&bench, AXI + 8), 6);
    bench_close(&bench);
}

// The DTCM of this row, by a report; a RAM of others keeps what fills its units.
static void a_whole_unit_is_lost_too_where_that_was_seen(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, false);
    put(&bench, DTCM, 1);
    put(&bench, DTCM + 4, 2);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, DTCM), 1);
    assert_int_not_equal(get(&bench, DTCM + 4), 2);
    put(&bench, DTCM, 3);
    put(&bench, DTCM, 3); // written twice
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, DTCM), 3);
    bench_close(&bench);

    bench_open(&bench, device_find("h743"));
    put(&bench, DTCM, 4);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, DTCM), 4);
    bench_close(&bench);
}

// Half of the unit waits already, and the first word of the next 8 bytes completes it.
static void one_instruction_that_writes_a_unit_writes_it_whole(void **state)
{
    struct bench bench;
    (void)state;

    open_h723(&bench, false);
    put(&bench, AXI + 4, 9);
    put(&bench, AXI, 3);
    bench.chip.core.instructions--; // an STRD is handed over as two words
    put(&bench, AXI + 4, 4);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, AXI + 4), 4);
    bench_close(&bench);
}

static void ram_without_error_code_and_cache_keeps_bytes(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    bus_write(&bench.chip, CCR, 4, 1 << 16); // there is no cache
    bench_store(&bench, 0x20000101, "x", 1);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, 0x20000100) >> 8 & 0xFF, 'x');
    assert_int_equal(bus_read(&bench.chip, CCSIDR, 4), 0);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dirty_line_is_lost),
        cmocka_unit_test(a_line_that_was_written_back_is_not),
        cmocka_unit_test(an_invalidated_line_is_gone_at_once),
        cmocka_unit_test(switching_off_hides_and_cleaning_writes_back),
        cmocka_unit_test(memory_that_the_mpu_makes_uncached_is_written_at_once),
        cmocka_unit_test(half_a_unit_is_lost),
        cmocka_unit_test(a_whole_unit_or_another_one_ends_the_wait),
        cmocka_unit_test(a_whole_unit_is_lost_too_where_that_was_seen),
        cmocka_unit_test(one_instruction_that_writes_a_unit_writes_it_whole),
        cmocka_unit_test(ram_without_error_code_and_cache_keeps_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
