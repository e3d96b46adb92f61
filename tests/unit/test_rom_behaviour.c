// test_rom_behaviour.c: what each ROM does besides serving, by the row and the version.
// SPDX-License-Identifier: MIT
#include "behaviour.h"
#include "bench.h"
#include "rom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PR 0x04u
#define SR 0x0Cu

struct rom_bench {
    struct bench bench;
    struct device device;
    struct rom rom;
};

static void set_up(struct rom_bench *rb, const char *slug, uint16_t version)
{
    static const volatile sig_atomic_t stop;

    rb->device = bench_device(slug);
    bench_open(&rb->bench, &rb->device);
    rb->rom = (struct rom){.chip = &rb->bench.chip,
                           .stop = &stop,
                           .version = version ? version : device_newest_rom(&rb->device)};
}

static void tear_down(struct rom_bench *rb)
{
    bench_close(&rb->bench);
}

static void put_stack(struct rom_bench *rb, uint32_t bank, uint32_t stack)
{
    memcpy(memory_at(&rb->bench.chip.memory, bank, 4), &stack, 4);
}

// Whether this ROM goes back to an application with this stack in its first bank.
static bool goes_back(const char *slug, uint16_t version, uint32_t stack)
{
    enum confidence confidence;
    struct rom_bench rb;
    uint32_t bank;

    set_up(&rb, slug, version);
    put_stack(&rb, rb.device.flash.start, stack);
    bank = behaviour_goes_back(&rb.rom, &confidence);
    assert_true(bank == 0 || bank == rb.device.flash.start);
    tear_down(&rb);
    return bank != 0;
}

static void a_version_is_in_its_list_or_in_none(void **state)
{
    static const uint16_t none[] = {0}, two[] = {0x90, 0x121, 0};
    (void)state;

    assert_true(device_version_in(none, 0x91));
    assert_true(device_version_in(two, 0x121));
    assert_false(device_version_in(two, 0x91));
    assert_int_equal(device_newest_rom(device_find("f405")), 0x91);
    assert_int_equal(device_newest_rom(device_find("n6")), 0);
}

static void a_stack_counts_in_its_window_only(void **state)
{
    (void)state;
    assert_true(goes_back("f42", 0, 0x20030000));
    assert_false(goes_back("f42", 0, 0x20030004));
    assert_false(goes_back("f42", 0, 0x10010000)); // CCM
    assert_false(goes_back("f42", 0, 0xFFFFFFFF));
    assert_false(goes_back("l49", 0, 0x20050000));
    assert_true(goes_back("l4p5", 0, 0x20050000));
    assert_false(goes_back("f405", 0, 0x20020000)); // one bank
}

static void windows_and_the_check_itself_are_of_versions(void **state)
{
    (void)state;
    assert_true(goes_back("l1xd", 0x41, 0x2000C000));
    assert_false(goes_back("l1xd", 0x42, 0x2000C000));
    assert_true(goes_back("l1xd", 0x45, 0x2000C000));
    assert_false(goes_back("l47", 0xA2, 0x10008000));
    assert_true(goes_back("l47", 0xA3, 0x10008000));
    assert_false(goes_back("l07", 0x40, 0x20005000));
    assert_true(goes_back("l07", 0x41, 0x20005000));
}

static void the_second_bank_comes_first(void **state)
{
    struct rom_bench rb;
    (void)state;

    set_up(&rb, "f42", 0);
    put_stack(&rb, 0x08000000, 0x20030000);
    put_stack(&rb, 0x08100000, 0x20020000);
    assert_int_equal(behaviour_valid_bank(&rb.rom), 0x08100000);
    put_stack(&rb, 0x08100000, 0x10010000);
    assert_int_equal(behaviour_valid_bank(&rb.rom), 0x08000000);
    tear_down(&rb);
}

static void the_remap_cures_where_it_does(void **state)
{
    enum confidence confidence = CONFIDENCE_DOCUMENTED;
    struct rom_bench rb;
    (void)state;

    set_up(&rb, "f42", 0);
    put_stack(&rb, 0x08000000, 0x20030000);
    assert_int_not_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    assert_int_equal(confidence, CONFIDENCE_INFERRED);
    rb.bench.chip.alias_is_rom = true;
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    rb.device.bank_check.remap_cures = WHETHER_UNKNOWN; // tried both ways
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    rb.rom.worst = true;
    assert_int_not_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    tear_down(&rb);

    set_up(&rb, "l07", 0);
    put_stack(&rb, 0x08000000, 0x20005000);
    rb.bench.chip.alias_is_rom = true;
    assert_int_not_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    tear_down(&rb);
}

static void options_ask_some_roms_for_a_bank(void **state)
{
    enum confidence confidence;
    struct rom_bench rb;
    (void)state;

    set_up(&rb, "f76", 0);
    put_stack(&rb, 0x08000000, 0x20080000);
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    assert_true(option_bits_set(&rb.bench.chip, OPTION_DUAL_BANK));
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0x08000000);
    option_bits_unset(&rb.bench.chip, OPTION_DUAL_BANK);
    rb.device.bank_check.when = BANK_CHECK_UNKNOWN;
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0);
    assert_true(option_bits_set(&rb.bench.chip, OPTION_DUAL_BANK)); // it looks in either case
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0x08000000);
    option_bits_unset(&rb.bench.chip, OPTION_DUAL_BANK);
    rb.rom.worst = true;
    assert_int_equal(behaviour_goes_back(&rb.rom, &confidence), 0x08000000);
    tear_down(&rb);
}

static uint32_t left(const char *slug, uint16_t version, uint32_t address)
{
    struct rom_bench rb;
    struct block *block;
    uint32_t value;

    set_up(&rb, slug, version);
    behaviour_leave(&rb.rom);
    block = block_at(&rb.bench.chip, address);
    value = block ? block->registers[(address - block->peripheral->start) / 4]
                  : rcc_peek(&rb.bench.chip.rcc, address);
    tear_down(&rb);
    return value;
}

static void go_leaves_what_the_version_leaves(void **state)
{
    (void)state;
    assert_int_equal(left("f405", 0x90, 0x40023830), 0);
    assert_int_equal(left("f405", 0x91, 0x40023830), 0x00100000);
    assert_int_not_equal(left("g07", 0xB2, 0x40021004) & 0x7F00, 0x4000);
    assert_int_equal(left("g07", 0xB4, 0x40021004) & 0x7F00, 0x4000);
    assert_int_equal(left("g0b1", 0x92, 0x40022000) & 0x40000, 0);
    assert_int_equal(left("l43", 0x91, 0x40021058) & 0x400, 0);
}

static void pvu_stays_until_the_watchdog_is_started(void **state)
{
    struct rom_bench rb;
    uint32_t iwdg;
    (void)state;

    set_up(&rb, "f405", 0);
    iwdg = rb.device.iwdg;
    assert_int_equal(bus_read(&rb.bench.chip, iwdg + SR, 4), 0);
    rom_start(&rb.rom);
    assert_int_equal(bus_read(&rb.bench.chip, iwdg + SR, 4), 1);
    bus_write(&rb.bench.chip, iwdg, 4, 0xCCCC);
    assert_int_equal(bus_read(&rb.bench.chip, iwdg + SR, 4), 0);
    bench_reset(&rb.bench, RESET_SOFTWARE);
    rb.device.go.pvu = false;
    rom_start(&rb.rom);
    assert_int_equal(bus_read(&rb.bench.chip, iwdg + SR, 4), 0);
    tear_down(&rb);
}

static enum rom_end run_with_watchdog(struct rom_bench *rb, enum whether feeds, bool worst)
{
    uint32_t table;

    rb->device.feeds_iwdg = feeds;
    rb->rom.worst = worst;
    rb->bench.chip.option_starts_watchdog[WATCHDOG_INDEPENDENT] = true;
    bench_reset(&rb->bench, RESET_POWER_ON);
    return rom_run(&rb->rom, ROM_HOST_GO, &table);
}

static void a_watchdog_bites_who_does_not_feed_it(void **state)
{
    struct rom_bench rb;
    (void)state;

    set_up(&rb, "f405", 0);
    assert_int_equal(run_with_watchdog(&rb, WHETHER_YES, true), ROM_GO);
    assert_int_equal(bus_read(&rb.bench.chip, rb.device.iwdg + PR, 4), 6); // and it stays so
    assert_int_equal(run_with_watchdog(&rb, WHETHER_UNKNOWN, false), ROM_GO);
    assert_int_equal(run_with_watchdog(&rb, WHETHER_UNKNOWN, true), ROM_RESET);
    assert_int_equal(rb.bench.chip.reset_kind, RESET_WATCHDOG);
    assert_int_equal(run_with_watchdog(&rb, WHETHER_NO, false), ROM_RESET);
    tear_down(&rb);
}

static void go_is_refused_where_it_is(void **state)
{
    struct rom_bench rb;
    uint32_t table;
    (void)state;

    set_up(&rb, "f405", 0);
    assert_int_equal(rom_run(&rb.rom, ROM_HOST_GO, &table), ROM_GO);
    assert_true(option_bits_set(&rb.bench.chip, OPTION_RDP_LEVEL_1));
    assert_int_equal(rom_run(&rb.rom, ROM_HOST_GO, &table), ROM_REFUSED);
    tear_down(&rb);
    set_up(&rb, "h743", 0xD2);
    assert_int_equal(rom_run(&rb.rom, ROM_HOST_GO, &table), ROM_REFUSED);
    rb.rom.version = 0xD3;
    assert_int_equal(rom_run(&rb.rom, ROM_HOST_GO, &table), ROM_GO);
    tear_down(&rb);
}

static void options_keep_boot0_from_the_rom(void **state)
{
    struct rom_bench rb;
    (void)state;

    set_up(&rb, "f405", 0);
    rb.bench.chip.boot0 = true;
    assert_int_equal(chip_boot(&rb.bench.chip), BOOT_ROM_BY_PIN);
    assert_true(option_bits_set(&rb.bench.chip, OPTION_RDP_LEVEL_1));
    assert_int_equal(chip_boot(&rb.bench.chip), BOOT_ROM_BY_PIN);
    assert_true(option_bits_set(&rb.bench.chip, OPTION_RDP_LEVEL_2));
    assert_int_equal(chip_boot(&rb.bench.chip), BOOT_APPLICATION);
    tear_down(&rb);
    set_up(&rb, "h563", 0);
    rb.bench.chip.boot0 = true;
    assert_int_equal(chip_boot(&rb.bench.chip), BOOT_ROM_BY_PIN);
    assert_true(option_bits_set(&rb.bench.chip, OPTION_PRODUCT_STATE));
    assert_int_equal(chip_boot(&rb.bench.chip), BOOT_APPLICATION);
    tear_down(&rb);
}

static bool empty_after_start(uint16_t version)
{
    struct rom_bench rb;
    bool empty;

    set_up(&rb, "g07", version);
    rb.bench.chip.empty = true;
    rom_start(&rb.rom);
    empty = rb.bench.chip.empty;
    tear_down(&rb);
    return empty;
}

static void versions_clear_empty_and_primask(void **state)
{
    struct rom_bench rb;
    (void)state;

    assert_false(empty_after_start(0xB3));
    assert_true(empty_after_start(0xB4));
    set_up(&rb, "g03", 0x54);
    assert_true(behaviour_unmasks(&rb.rom));
    rb.rom.version = 0x53;
    assert_false(behaviour_unmasks(&rb.rom));
    tear_down(&rb);
    set_up(&rb, "f405", 0);
    assert_false(behaviour_unmasks(&rb.rom));
    tear_down(&rb);
}

static void starting_takes_its_time(void **state)
{
    struct rom_bench rb;
    (void)state;

    set_up(&rb, "f405", 0x31);
    assert_int_equal(behaviour_startup(&rb.rom), 84590);
    rb.rom.version = 0x91;
    assert_int_equal(behaviour_startup(&rb.rom), 74000);
    tear_down(&rb);
    set_up(&rb, "l47", 0x92);
    assert_int_equal(behaviour_startup(&rb.rom), 55400);
    rb.rom.worst = true;
    assert_int_equal(behaviour_startup(&rb.rom), 2560500);
    tear_down(&rb);
    set_up(&rb, "f76", 0);
    assert_int_equal(behaviour_startup(&rb.rom), 0);
    tear_down(&rb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_version_is_in_its_list_or_in_none),
        cmocka_unit_test(a_stack_counts_in_its_window_only),
        cmocka_unit_test(windows_and_the_check_itself_are_of_versions),
        cmocka_unit_test(the_second_bank_comes_first),
        cmocka_unit_test(the_remap_cures_where_it_does),
        cmocka_unit_test(options_ask_some_roms_for_a_bank),
        cmocka_unit_test(go_leaves_what_the_version_leaves),
        cmocka_unit_test(pvu_stays_until_the_watchdog_is_started),
        cmocka_unit_test(a_watchdog_bites_who_does_not_feed_it),
        cmocka_unit_test(go_is_refused_where_it_is),
        cmocka_unit_test(options_keep_boot0_from_the_rom),
        cmocka_unit_test(versions_clear_empty_and_primask),
        cmocka_unit_test(starting_takes_its_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
