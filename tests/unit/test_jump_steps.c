// test_jump_steps.c: each direct way's steps, taken on a virtual chip, end as after a reset.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { PATIENCE = 16 }; // reads of a bit that follows late

// Everything that runs, from another oscillator, with every peripheral clock on.
static void disturb(struct bench *bench)
{
    const struct device *device = bench->chip.device;
    uint32_t unit = device->switch_mask & -device->switch_mask, other = 0;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        bus_write(&bench->chip, bit->address, 4,
                  rcc_peek(&bench->chip.rcc, bit->address) | bit->on);
        other = bit->selects > (int)other ? (uint32_t)bit->selects : other;
    }
    bus_write(&bench->chip, device->switch_register, 4, other * unit);
    for (const struct register_reset *one = device->rcc_registers; one->name; one++) {
        if (one->address != device->switch_register && one->value == 0) {
            bus_write(&bench->chip, one->address, 4, 0xFFFFFFFFu);
        }
    }
    const struct jump_step *acr = &device->jump.latency;
    bus_write(&bench->chip, acr->address, 4, bus_read(&bench->chip, acr->address, 4) ^ acr->mask);
}

static void take(struct bench *bench, const struct jump_step *step)
{
    uint32_t before = bus_read(&bench->chip, step->address, 4);

    for (int reads = 1; step->wait && (before & step->mask) != step->value; reads++) {
        if (reads == PATIENCE) {
            fail_msg("%s: %s never comes true", bench->chip.device->slug, step->name);
        }
        before = bus_read(&bench->chip, step->address, 4);
    }
    if (step->wait) {
        return;
    }
    bus_write(&bench->chip, step->address, 4, (before & ~step->mask) | step->value);
}

static void check_end(const struct bench *bench)
{
    const struct device *device = bench->chip.device;
    const struct register_reset *wrong;
    uint32_t value;

    wrong = rcc_first_difference(&bench->chip.rcc, NULL, 0, &value);
    if (wrong) {
        fail_msg("%s: %s ends as 0x%08X", device->slug, wrong->name, (unsigned)value);
    }
    for (size_t i = 0; i < bench->chip.block_count; i++) {
        const struct block *block = &bench->chip.blocks[i];
        if (!block_is_reset(block) || block_is_held(block)) {
            fail_msg("%s: %s does not end as after a reset", device->slug, block->peripheral->name);
        }
    }
}

static void steps_end_in_the_state_of_a_reset(void **state)
{
    unsigned ways = 0;
    (void)state;

    for (const struct device *one = devices; one < devices + device_count; one++) {
        struct bench bench;
        if (!one->jump.steps[0].name) {
            assert_int_equal(one->jump.hz, 0);
            continue;
        }
        ways++;
        bench_open(&bench, one);
        disturb(&bench);
        for (const struct jump_step *step = one->jump.steps; step->name; step++) {
            take(&bench, step);
        }
        check_end(&bench);
        bench_close(&bench);
    }
    assert_true(ways > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_end_in_the_state_of_a_reset)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
