// test_rams.c: RAMs that are seen twice, tightly coupled ones, and those of the backup domain.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define BKPSRAM 0x40024000u
#define PWR_CR  0x40007000u
#define AHB1ENR 0x40023830u
#define APB1ENR 0x40023840u

enum { DBP = 1 << 8, PWREN = 1 << 28, BKPSRAMEN = 1 << 18 };

static void open_row(struct bench *bench, struct device *device, const char *slug)
{
    *device = bench_device(slug);
    bench_open(bench, device);
}

// The linker scripts of ST's G4 and L4 put code and data to 0x10000000.
static void one_ram_is_seen_at_two_addresses(void **state)
{
    static const struct {
        const char *slug;
        uint32_t first, second, size;
    } twice[] = {
        {"g43", 0x20005800, 0x10000000, 0x2800},
        {"g47", 0x20018000, 0x10000000, 0x8000},
        {"l43", 0x2000C000, 0x10000000, 0x4000},
        {"wb5", 0x20038000, 0x10008000, 0x8000},
    };
    struct device device;
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof twice / sizeof twice[0]; i++) {
        open_row(&bench, &device, twice[i].slug);
        const struct memory *memory = &bench.chip.memory;
        uint32_t size = twice[i].size;
        assert_non_null(memory_ram_at(memory, twice[i].first, size));
        assert_ptr_equal(memory_ram_at(memory, twice[i].second, size),
                         memory_ram_at(memory, twice[i].first, size));
        assert_null(memory_ram_at(memory, twice[i].second, size + 1));
        bench_close(&bench);
    }
}

// What a core stores at one address it loads at the other.
static void the_core_sees_it_twice(void **state)
{
    uint32_t word = 0xB0071EA0;
    uint8_t read[4];
    struct device device;
    struct bench bench;
    (void)state;

    open_row(&bench, &device, "g43");
    assert_true(bench_store(&bench, 0x10000010, &word, sizeof word));
    assert_int_equal(memory_word(&bench.chip.memory, 0x20005810), 0xB0071EA0);
    assert_true(cpu_load(bench.chip.core.cpu, 0x20005810, read, sizeof read));
    assert_memory_equal(read, &word, sizeof read);
    assert_true(cpu_load(bench.chip.core.cpu, 0x10000010, read, sizeof read));
    assert_memory_equal(read, &word, sizeof read);
    bench_close(&bench);
}

// Betaflight copies code to 0; RIOT reads the backup SRAM of an H7 first thing.
static void rams_of_the_large_cores_are_there(void **state)
{
    static const struct {
        const char *slug;
        uint32_t start, size;
    } there[] = {
        {"f72", 0, 0x4000},           {"f74", 0, 0x4000},           {"f76", 0, 0x4000},
        {"h723", 0, 0x10000},         {"h743", 0, 0x10000},         {"h723", 0x38800000, 0x1000},
        {"h743", 0x38800000, 0x1000}, {"h7a3", 0x38800000, 0x1000}, {"h7a3", 0x38000000, 0x8000},
        {"u535", 0x28000000, 0x4000}, {"u595", 0x28000000, 0x4000}, {"u5f", 0x28000000, 0x4000},
    };
    struct device device;
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++) {
        open_row(&bench, &device, there[i].slug);
        assert_non_null(memory_ram_at(&bench.chip.memory, there[i].start, there[i].size));
        assert_null(memory_ram_at(&bench.chip.memory, there[i].start, there[i].size + 1));
        bench_close(&bench);
    }
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void the_backup_sram_has_a_clock_and_a_lock(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    open_row(&bench, &device, "f405");
    put(&bench, APB1ENR, PWREN);
    put(&bench, PWR_CR, DBP);
    put(&bench, BKPSRAM + 0xFFC, 0xCAFE); // without its clock
    put(&bench, AHB1ENR, BKPSRAMEN);
    assert_int_equal(get(&bench, BKPSRAM + 0xFFC), 0);
    put(&bench, BKPSRAM + 0xFFC, 0xCAFE);
    assert_int_equal(get(&bench, BKPSRAM + 0xFFC), 0xCAFE);
    put(&bench, PWR_CR, 0);
    put(&bench, BKPSRAM + 0xFFC, 0xBABE);
    assert_int_equal(get(&bench, BKPSRAM + 0xFFC), 0xCAFE);
    bench_reset(&bench, RESET_SOFTWARE);
    put(&bench, AHB1ENR, BKPSRAMEN);
    assert_int_equal(get(&bench, BKPSRAM + 0xFFC), 0xCAFE);
    bench_close(&bench);
}

// H5 and U5: RCC_AHB1ENR has its clock on after a reset.
static void the_backup_sram_of_later_series_is_on(void **state)
{
    static const char *const slugs[] = {"h503", "h563", "u535", "u575"};
    struct device device;
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof slugs / sizeof slugs[0]; i++) {
        open_row(&bench, &device, slugs[i]);
        const struct block *block = block_find(&bench.chip, "BKPSRAM");
        assert_non_null(block);
        assert_true(bus_read(&bench.chip, block->peripheral->clock_register, 4) &
                    block->peripheral->clock_mask);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_ram_is_seen_at_two_addresses),
        cmocka_unit_test(the_core_sees_it_twice),
        cmocka_unit_test(rams_of_the_large_cores_are_there),
        cmocka_unit_test(the_backup_sram_has_a_clock_and_a_lock),
        cmocka_unit_test(the_backup_sram_of_later_series_is_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
