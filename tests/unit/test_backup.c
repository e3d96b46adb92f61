// test_backup.c: what the backup domain keeps over resets: its registers and the RTC's alarm.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TAFCR   0x40002840u // of the RTC, not behind its keys
#define BACKUP  0x40002850u
#define PWR_CR  0x40007000u
#define APB1ENR 0x40023840u

enum { DBP = 1 << 8, PWREN = 1 << 28 };

static const struct peripheral peripherals[] = {
    {"PWR", BLOCK_PWR, PWR_CR, 0x400, APB1ENR, PWREN, 0, 0, 0, -1, {0}},
    {"RTC", BLOCK_BACKUP, 0x40002800, 0x400, 0, 0, 0, 0, 0, -1, {0}},
    {.name = NULL},
};
static const struct register_write clocks[] = {{"PWREN", APB1ENR, PWREN}, {.name = NULL}};

static void set_up(struct bench *bench, struct device *device, unsigned bytes)
{
    *device = bench_device("f405");
    device->peripherals = peripherals;
    device->backup = BACKUP;
    device->backup_size = 80;
    device->backup_bytes = bytes;
    device->backup_clocks = clocks;
    device->backup_unlock = PWR_CR;
    device->backup_unlock_mask = DBP;
    device->backup_interrupt = 41;
    device->mark = BACKUP + 16;
    device->mark_in_backup = true;
    bench_open(bench, device);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static struct block *domain(struct bench *bench)
{
    return block_with_role(&bench->chip, ROLE_BACKUP, NULL);
}

static void lose_supply(struct bench *bench)
{
    domain(bench)->type->backup->lose(domain(bench));
}

static bool raise_alarm(struct bench *bench)
{
    return domain(bench)->type->backup->alarm(domain(bench));
}

static void unlock(struct bench *bench)
{
    put(bench, APB1ENR, PWREN);
    put(bench, PWR_CR, DBP);
}

static void registers_are_locked_and_clocked(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, 4);
    put(&bench, BACKUP, 1);
    assert_int_equal(get(&bench, BACKUP), 0); // neither
    put(&bench, APB1ENR, PWREN);
    put(&bench, BACKUP, 1);
    assert_int_equal(get(&bench, BACKUP), 0); // locked
    put(&bench, PWR_CR, DBP);
    put(&bench, BACKUP, 0x12345678);
    assert_int_equal(get(&bench, BACKUP), 0x12345678);
    put(&bench, APB1ENR, 0);
    put(&bench, BACKUP, 2);
    assert_int_equal(get(&bench, BACKUP), 0); // no clock
    put(&bench, APB1ENR, PWREN);
    assert_int_equal(get(&bench, BACKUP), 0x12345678);
    bench_close(&bench);
}

static void registers_outlive_resets_but_not_their_supply(void **state)
{
    static const enum reset_kind kinds[] = {RESET_SOFTWARE, RESET_POWER_ON, RESET_BROWN_OUT};
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, 4);
    unlock(&bench);
    put(&bench, BACKUP + 76, 5);
    put(&bench, TAFCR, 9); // the RTC is in the backup domain too
    for (size_t i = 0; i < 3; i++) {
        bench_reset(&bench, kinds[i]);
        unlock(&bench);
        assert_int_equal(get(&bench, BACKUP + 76), 5);
        assert_int_equal(get(&bench, TAFCR), 9);
    }
    lose_supply(&bench);
    assert_int_equal(get(&bench, BACKUP + 76), 0);
    bench_close(&bench);
}

// RTCAPBEN is set after a reset, so code need not set it (devices/f7.toml).
static void an_f76_reads_them_right_after_a_reset(void **state)
{
    struct device device = bench_device("f76");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    put(&bench, APB1ENR, get(&bench, APB1ENR) | PWREN);
    put(&bench, PWR_CR, DBP);
    put(&bench, BACKUP, 0x515B);
    bench_reset(&bench, RESET_SOFTWARE);
    put(&bench, APB1ENR, get(&bench, APB1ENR) | PWREN);
    assert_int_equal(get(&bench, BACKUP), 0x515B);
    bench_close(&bench);
}

static void the_mark_is_found_there(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, 4);
    unlock(&bench);
    assert_int_equal(contract_mark_away(&bench.chip), -1);
    put(&bench, BACKUP + 16, 0xB0071EA2);
    put(&bench, BACKUP + 20, ~0xB0071EA2u);
    assert_int_equal(contract_mark_away(&bench.chip), 0);
    bench_close(&bench);

    set_up(&bench, &device, 2); // half a word in each register
    unlock(&bench);
    put(&bench, BACKUP + 16, 0xFFFF1EA3);
    put(&bench, BACKUP + 20, 0xB007);
    put(&bench, BACKUP + 24, 0xE15C);
    put(&bench, BACKUP + 28, 0x4FF8);
    assert_int_equal(contract_mark_away(&bench.chip), 1);
    bench_close(&bench);
}

static void an_alarm_stays_pending_and_h6_knows(void **state)
{
    struct device device;
    struct bench bench;
    struct contract contract;
    (void)state;

    set_up(&bench, &device, 4);
    assert_true(raise_alarm(&bench));
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, 0xE000E204), 1 << 9);
    put(&bench, 0xE000E284, 1 << 9); // its line is held
    assert_int_equal(get(&bench, 0xE000E204), 1 << 9);
    contract_check(&bench.judge, &contract);
    assert_true(contract.points[5].ok);
    put(&bench, 0xE000E204, 1 << 10); // another line
    contract_check(&bench.judge, &contract);
    assert_false(contract.points[5].ok);
    put(&bench, 0xE000E284, 1 << 10);
    put(&bench, 0xE000E104, 1 << 9); // pending is exempt, enabled is not
    contract_check(&bench.judge, &contract);
    assert_false(contract.points[5].ok);
    lose_supply(&bench);
    bench_reset(&bench, RESET_POWER_ON);
    assert_int_equal(get(&bench, 0xE000E204), 0);
    device.backup_interrupt = 0;
    assert_false(raise_alarm(&bench));
    bench_close(&bench);
}

// Brown-out is power-on for the flags and no loss for RAM; new option bytes look at flash anew.
static void resets_of_the_supply_and_of_option_bytes(void **state)
{
    struct device device = bench_device("g0b1");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    uint32_t word = 0x5A5A5A5A;
    bench_store(&bench, 0x20000000, &word, 4);
    bench.chip.empty = false;
    bench_reset(&bench, RESET_SOFTWARE);
    assert_false(bench.chip.empty);
    bench_reset(&bench, RESET_BROWN_OUT);
    assert_true(bench.chip.empty);
    assert_int_equal(memory_word(&bench.chip.memory, 0x20000000), 0x5A5A5A5A);
    assert_int_equal(rcc_peek(&bench.chip.rcc, device.flags_register) & device.flags_any,
                     device.after_power_on);
    bench.chip.empty = false;
    bench_reset(&bench, RESET_OPTION);
    assert_true(bench.chip.empty);
    assert_int_equal(rcc_peek(&bench.chip.rcc, device.flags_register) & device.flags_option,
                     device.flags_option);
    assert_int_equal(memory_word(&bench.chip.memory, 0x20000000), 0x5A5A5A5A);
    bench_reset(&bench, RESET_POWER_ON);
    assert_int_not_equal(memory_word(&bench.chip.memory, 0x20000000), 0x5A5A5A5A);
    bench_close(&bench);
}

// HAL_PWR_EnableBkUpAccess(), the clocks of the row, a write to the first register and the last.
static void they_keep_what_is_written_on_each_row(void **state)
{
    unsigned rows = 0;
    (void)state;

    for (const struct device *device = devices; device < devices + device_count; device++) {
        uint32_t mask = device->backup_bytes == 2 ? 0xFFFF : 0xFFFFFFFF;
        uint32_t last = device->backup + device->backup_size - 4;
        struct bench bench;
        if (!device->backup || !device->peripherals->name) {
            continue;
        }
        bench_open(&bench, device);
        block_start_clock(block_at(&bench.chip, device->backup_unlock));
        put(&bench, device->backup_unlock,
            get(&bench, device->backup_unlock) | device->backup_unlock_mask);
        for (const struct register_write *clock = device->backup_clocks; clock->name; clock++) {
            put(&bench, clock->address, get(&bench, clock->address) | clock->value);
        }
        put(&bench, device->backup, 0x12345678);
        put(&bench, last, 0xA5A5A5A5);
        bench_reset(&bench, RESET_SOFTWARE);
        for (const struct register_write *clock = device->backup_clocks; clock->name; clock++) {
            put(&bench, clock->address, get(&bench, clock->address) | clock->value);
        }
        assert_int_equal(get(&bench, device->backup), 0x12345678 & mask);
        assert_int_equal(get(&bench, last), 0xA5A5A5A5 & mask);
        bench_close(&bench);
        rows++;
    }
    assert_in_range(rows, 70, device_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_keep_what_is_written_on_each_row),
        cmocka_unit_test(registers_are_locked_and_clocked),
        cmocka_unit_test(registers_outlive_resets_but_not_their_supply),
        cmocka_unit_test(an_f76_reads_them_right_after_a_reset),
        cmocka_unit_test(the_mark_is_found_there),
        cmocka_unit_test(an_alarm_stays_pending_and_h6_knows),
        cmocka_unit_test(resets_of_the_supply_and_of_option_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
