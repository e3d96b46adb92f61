// test_exti.c: edges of pins and writes of software become interrupts and events, in each layout.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "exceptions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { PIN = 13, LINE = 1 << PIN, OTHER_PIN = 0, OTHER_LINE = 1 };

// One row of each layout, with the register that selects PIN's port.
struct chip_under_test {
    const char *slug;
    uint32_t exti;
    uint32_t imr, emr, rtsr, ftsr, swier, rising, falling;
    uint32_t select, port_c, port_a;
    unsigned interrupt;
    bool software_stays;
};

static const struct chip_under_test chips[] = {
    {"f405", 0x40013C00, 0, 4, 8, 12, 16, 20, 20, 0x40013814, 0x20, 0, 40, true},
    {"l47", 0x40010400, 0, 4, 8, 12, 16, 20, 20, 0x40010014, 0x20, 0, 40, true},
    {"wb5", 0x58000800, 0x80, 0x84, 0, 4, 8, 12, 12, 0x40010014, 0x20, 0, 40, false},
    {"h723", 0x58000000, 0x80, 0x84, 0, 4, 8, 0x88, 0x88, 0x58000414, 0x20, 0, 40, false},
    {"g0b1", 0x40021800, 0x80, 0x84, 0, 4, 8, 12, 16, 0x4002186C, 0x200, 0, 7, false},
    {"u575", 0x46022000, 0x80, 0x84, 0, 4, 8, 12, 16, 0x4602206C, 0x200, 0, 24, false},
    {"f10medium", 0x40010400, 0, 4, 8, 12, 16, 20, 20, 0x40010014, 0x20, 0, 40, true},
};

static struct bench bench;
static const struct chip_under_test *now;

static uint32_t get(uint32_t offset)
{
    return bus_read(&bench.chip, now->exti + offset, 4);
}

static void put(uint32_t offset, uint32_t value)
{
    bus_write(&bench.chip, now->exti + offset, 4, value);
}

static void drive(const char *port, unsigned pin, bool high)
{
    struct block *block = block_find(&bench.chip, port);

    assert_non_null(block);
    block->type->pins->drive(block, 1u << pin, (uint32_t)high << pin);
}

static bool is_high(void)
{
    uint32_t pending = 0xE000E200u + now->interrupt / 32 * 4;

    bus_write(&bench.chip, pending + 0x80, 4, 1u << now->interrupt % 32);
    return bus_read(&bench.chip, pending, 4) >> now->interrupt % 32 & 1u;
}

// Both edges of PC13 interrupt.
static void set_up(const struct chip_under_test *chip)
{
    print_message("%s\n", chip->slug);
    now = chip;
    bench_open(&bench, device_find(chip->slug));
    struct block *select = block_at(&bench.chip, chip->select);
    if (select) {
        block_start_clock(select);
    }
    bus_write(&bench.chip, chip->select, 4, chip->port_c);
    put(chip->imr, get(chip->imr) | LINE);
    put(chip->rtsr, LINE);
    put(chip->ftsr, LINE);
}

static void both_edges_of_the_selected_port_interrupt(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++) {
        set_up(&chips[i]);
        drive("GPIOA", PIN, true); // not the one
        drive("GPIOC", OTHER_PIN, true);
        assert_false(is_high());
        drive("GPIOC", PIN, true);
        assert_int_equal(get(now->rising), LINE);
        assert_true(is_high());
        put(now->rising, OTHER_LINE);
        assert_true(is_high());
        put(now->rising, LINE); // a 1 clears
        assert_int_equal(get(now->rising), 0);
        assert_false(is_high());
        drive("GPIOC", PIN, true); // no edge
        assert_false(is_high());
        drive("GPIOC", PIN, false);
        assert_true(is_high());
        assert_int_equal(get(now->falling), LINE);
        bus_write(&bench.chip, now->exti + now->falling, 1, 0xFF); // not its byte
        assert_true(is_high());
        bench_close(&bench);
    }
}

static void a_mask_hides_and_a_port_is_chosen(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++) {
        set_up(&chips[i]);
        put(now->ftsr, 0);
        put(now->imr, get(now->imr) & ~(uint32_t)LINE);
        drive("GPIOC", PIN, true);
        assert_false(is_high()); // masked, but noticed
        put(now->imr, get(now->imr) | LINE);
        assert_true(is_high());
        bus_write(&bench.chip, now->select, 4, now->port_a);
        put(now->rising, LINE);
        drive("GPIOA", PIN, false);
        drive("GPIOA", PIN, true);
        assert_true(is_high());
        bench_reset(&bench, RESET_PIN);
        assert_int_equal(get(now->rising), 0);
        assert_false(is_high());
        bench_close(&bench);
    }
}

static void software_triggers_a_line(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++) {
        set_up(&chips[i]);
        put(now->swier, LINE);
        assert_int_equal(get(now->rising), LINE);
        assert_int_equal(get(now->swier), now->software_stays ? LINE : 0);
        assert_true(is_high());
        put(now->rising, LINE);
        assert_int_equal(get(now->swier), 0);
        assert_false(is_high());
        put(now->swier, LINE);
        assert_true(is_high());
        bench_close(&bench);
    }
}

static void an_event_lets_wfe_go_on(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++) {
        set_up(&chips[i]);
        put(now->imr, get(now->imr) & ~(uint32_t)LINE);
        drive("GPIOC", PIN, true);
        assert_false(exceptions_take_event(&bench.chip.core));
        put(now->emr, LINE);
        drive("GPIOC", PIN, false);
        assert_true(exceptions_take_event(&bench.chip.core));
        assert_false(exceptions_take_event(&bench.chip.core));
        put(now->swier, LINE);
        assert_true(exceptions_take_event(&bench.chip.core));
        assert_false(is_high());
        bench_close(&bench);
    }
}

static void outputs_and_pulls_make_edges_too(void **state)
{
    (void)state;

    set_up(&chips[0]);
    block_start_clock(block_find(&bench.chip, "GPIOC"));
    bus_write(&bench.chip, 0x4002080C, 4, 1u << 2 * PIN); // pulled up
    assert_true(is_high());
    put(now->rising, LINE);
    bus_write(&bench.chip, 0x40020800, 4, 1u << 2 * PIN); // an output, low
    assert_true(is_high());
    put(now->rising, LINE);
    bus_write(&bench.chip, 0x40020818, 4, LINE);
    assert_true(is_high());
    bench_close(&bench);
}

static void who_watches_says_so(void **state)
{
    (void)state;

    set_up(&chips[0]);
    const struct block *edges = bench.chip.edges;
    assert_non_null(edges);
    assert_true(edges->type->edges->listens(edges, 'C', PIN));
    assert_false(edges->type->edges->listens(edges, 'A', PIN));
    assert_false(edges->type->edges->listens(edges, 'C', OTHER_PIN));
    put(now->imr, 0);
    assert_false(edges->type->edges->listens(edges, 'C', PIN));
    bench_close(&bench);
}

static void flags_are_no_leftover_but_settings_are(void **state)
{
    (void)state;

    set_up(&chips[0]);
    assert_false(block_is_reset(bench.chip.edges));
    drive("GPIOC", PIN, true);
    put(now->imr, 0);
    put(now->rtsr, 0);
    put(now->ftsr, 0);
    assert_int_equal(get(now->rising), LINE);
    assert_true(block_is_reset(bench.chip.edges));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_edges_of_the_selected_port_interrupt),
        cmocka_unit_test(a_mask_hides_and_a_port_is_chosen),
        cmocka_unit_test(software_triggers_a_line),
        cmocka_unit_test(an_event_lets_wfe_go_on),
        cmocka_unit_test(outputs_and_pulls_make_edges_too),
        cmocka_unit_test(who_watches_says_so),
        cmocka_unit_test(flags_are_no_leftover_but_settings_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
