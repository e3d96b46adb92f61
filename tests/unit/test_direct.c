// test_direct.c: what is asked of a way into the ROM that does without a reset.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"
#include "states.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CR    0x40023800u
#define CFGR  0x40023808u
#define ACR   0x40023C00u
#define OTHER 0x4000F000u // nobody models it
#define SPI2  0x40003800u
#define IWDG  0x40003000u
#define SDIS  2u
#define HZ    16000000u
#define H11   10
#define H12   11
#define H13   12

static const uint32_t none[] = {0};
static const struct ready_bit bits[] = {{CR, 1, 2, 0, none}, {CR, 1 << 24, 1 << 25, 2, none}, {0}};
static const struct jump_step steps[] = {
    {"CFGR: SW", CFGR, 3, 0, false}, {"OTHER", OTHER, 0xFFFFFFFF, 0x10, false}, {0}};

// A row with all that the way needs, on a chip whose application has asked for the ROM.
static void set_up(struct bench *bench, struct device *device)
{
    *device = bench_device("f405");
    device->ready_bits = bits;
    device->jump =
        (struct jump){.steps = steps, .latency = {"latency", ACR, 7, 0, false}, .hz = HZ};
    bench_open(bench, device);
    bench->judge.entry_requested = true;
}

static bool holds(struct bench *bench, int point)
{
    struct contract contract;

    contract_check(&bench->judge, &contract);
    return contract.points[point].ok;
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void usb_is_gone_for_10_ms_of_the_clock_of_a_reset(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    uint32_t dctl = device.usb_pullups[0].address;
    state_make(&bench.chip, STATE_USB);
    assert_true(bench.judge.usb_pullup.was_on);
    rcc_put(&bench.chip.rcc, CFGR, 2);
    struct block *blocks[] = {block_find(&bench.chip, "USB_OTG_HS"),
                              block_find(&bench.chip, "USB_OTG_FS")};
    put(&bench, dctl, SDIS);
    for (int i = 0; i < 2; i++) {
        put(&bench, blocks[i]->peripheral->reset_register, blocks[i]->peripheral->reset_mask);
        put(&bench, blocks[i]->peripheral->reset_register, 0);
    }
    bench_wait(&bench, HZ); // of a faster clock
    assert_false(holds(&bench, H12));
    put(&bench, CFGR, 0);
    for (int i = 0; i < 4; i++) {
        bus_read(&bench.chip, CFGR, 4);
    }
    bench_wait(&bench, HZ / 100 - 1);
    assert_false(holds(&bench, H12));
    bench_wait(&bench, 1);
    put(&bench, blocks[0]->peripheral->clock_register, 0x00100000);
    put(&bench, blocks[1]->peripheral->clock_register, 0);
    assert_true(holds(&bench, H12));
    bench.judge.entry_requested = false;
    bench.judge.usb_pullup.off_since = bench.chip.core.instructions;
    assert_true(holds(&bench, H12)); // after a reset nobody waits
    bench_close(&bench);
}

static void a_port_that_is_held_must_not_change(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    struct block *port = block_find(&bench.chip, "GPIOB");
    const struct peripheral *place = port->peripheral;
    put(&bench, place->clock_register, 0x00100000 | place->clock_mask);
    put(&bench, place->start, 1);
    assert_false(holds(&bench, H12));
    bench.judge.held_port.port = port;
    held_port_begin(&bench.judge.held_port);
    assert_true(holds(&bench, H12));
    assert_true(holds(&bench, H11)); // its clock may stay on
    put(&bench, place->start, 1);    // the same again is no change
    assert_true(holds(&bench, H12));
    put(&bench, place->reset_register, place->reset_mask);
    put(&bench, place->reset_register, 0);
    put(&bench, place->start, 1);
    assert_false(holds(&bench, H12)); // though it is as it was
    bench_close(&bench);
}

static void a_request_begins_what_is_watched_and_a_reset_ends_it(void **state)
{
    struct device device;
    struct bench bench;
    struct judge *judge = &bench.judge;
    (void)state;

    set_up(&bench, &device);
    const struct block *port = block_find(&bench.chip, "GPIOB");
    const struct block *watchdog = block_watchdog(&bench.chip, WATCHDOG_INDEPENDENT);
    judge->entry_requested = false;
    judge->held_port.port = port;
    put(&bench, IWDG, 0xCCCC);
    assert_true(watchdog->type->watchdog->was_fed(watchdog));
    put(&bench, port->peripheral->clock_register, 0x00100000 | port->peripheral->clock_mask);
    put(&bench, port->peripheral->start, 1); // before the request: nobody minds
    judge_request_entry(judge);
    assert_true(judge->entry_requested);
    assert_false(watchdog->type->watchdog->was_fed(watchdog));
    assert_true(judge->held_port.begun);
    assert_false(judge->held_port.changed);
    put(&bench, port->peripheral->start, 2);
    assert_true(judge->held_port.changed);
    state_make(&bench.chip, STATE_USB);
    assert_true(judge->usb_pullup.was_on);
    bench_reset(&bench, RESET_PIN);
    assert_false(judge->entry_requested);
    assert_false(judge->held_port.begun);
    assert_false(judge->usb_pullup.was_on);
    assert_ptr_equal(judge->held_port.port, port); // the next request is about it again
    bench_close(&bench);
}

static void registers_that_nobody_models_are_reset_with_all_others(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, SPI2, 1);
    assert_false(holds(&bench, H12));
    for (const struct peripheral *p = device.peripherals; p->name; p++) {
        assert_false(holds(&bench, H12));
        if (p->reset_register) {
            put(&bench, p->reset_register, 0x10);
            put(&bench, p->reset_register, 0);
        }
        if (holds(&bench, H12)) {
            break; // the last register of them
        }
    }
    assert_true(holds(&bench, H12));
    put(&bench, SPI2, 1);
    assert_false(holds(&bench, H12));
    bench_close(&bench);
}

static void steps_say_how_other_registers_are_left(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    assert_true(state_exists(&device, STATE_EVENTS));
    state_make(&bench.chip, STATE_EVENTS);
    assert_false(holds(&bench, H12));
    put(&bench, OTHER, 0x10);
    assert_true(holds(&bench, H12));
    bench.judge.entry_requested = false;
    assert_false(holds(&bench, H12)); // after a reset there was no need to touch it
    bench_close(&bench);
}

static void the_watchdog_gets_its_longest_period(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, IWDG, 0xCCCC);
    assert_false(holds(&bench, H13));
    put(&bench, IWDG, 0x5555);
    put(&bench, IWDG + 4, device.iwdg_slowest);
    put(&bench, IWDG, 0xAAAA);
    assert_true(holds(&bench, H13));
    assert_true(holds(&bench, H12)); // not as after a reset, but as asked
    put(&bench, IWDG, 0x5555);
    put(&bench, IWDG + 8, 0xFFE);
    assert_false(holds(&bench, H13));
    bench_close(&bench);
}

static void a_flash_that_is_read_too_fast_ends_the_run(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    state_make(&bench.chip, STATE_CLOCKS);
    assert_int_equal(bus_read(&bench.chip, ACR, 4) & 7, 7);
    assert_null(bench.chip.core.lockup);
    put(&bench, ACR, 6);
    assert_non_null(bench.chip.core.lockup);
    bench_close(&bench);

    set_up(&bench, &device);
    device.jump.latency.value = 2;
    state_make(&bench.chip, STATE_SLOW_CLOCKS);
    put(&bench, CR, 0x01000001);
    for (int i = 0; i < 4; i++) {
        bus_read(&bench.chip, CR, 4);
    }
    put(&bench, CFGR, 0);
    assert_null(bench.chip.core.lockup);
    for (int i = 0; i < 4; i++) {
        bus_read(&bench.chip, CFGR, 4);
    }
    assert_non_null(bench.chip.core.lockup);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usb_is_gone_for_10_ms_of_the_clock_of_a_reset),
        cmocka_unit_test(a_port_that_is_held_must_not_change),
        cmocka_unit_test(a_request_begins_what_is_watched_and_a_reset_ends_it),
        cmocka_unit_test(registers_that_nobody_models_are_reset_with_all_others),
        cmocka_unit_test(steps_say_how_other_registers_are_left),
        cmocka_unit_test(the_watchdog_gets_its_longest_period),
        cmocka_unit_test(a_flash_that_is_read_too_fast_ends_the_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
