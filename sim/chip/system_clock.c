// system_clock.c: computes the clock tree of the row, and sums up the chip's own time.
// SPDX-License-Identifier: MIT
#include "system_clock.h"

#include "block.h"
#include "systick.h"

#include <string.h>

enum { NS_IN_A_SECOND = 1000000000, HZ_UNKNOWN = 16000000, HZ_LSI = 32000 };

static uint32_t field_of(const struct rcc *rcc, struct clock_field field)
{
    uint32_t low = field.mask & -field.mask;

    return field.address ? (rcc_peek(rcc, field.address) & field.mask) / low : 0;
}

static uint32_t values_of(struct clock_field field)
{
    uint32_t low = field.mask & -field.mask;

    return field.address ? field.mask / low + 1 : 1;
}

// Multiplies or divides the fraction; a factor of 0 stops the clock.
static void apply(const struct rcc *rcc, const struct clock_factor *factor, uint64_t *above,
                  uint64_t *below)
{
    uint32_t value = field_of(rcc, factor->field), parts = values_of(factor->fraction);
    uint64_t amount = factor->table ? factor->table[value] : value + factor->plus;

    if (field_of(rcc, factor->when) != factor->value) {
        return;
    }
    if (field_of(rcc, factor->fraction_when)) { // only a multiplier has one
        amount = amount * parts + field_of(rcc, factor->fraction);
        *below *= parts;
    }
    *above *= factor->divides ? amount > 0 : amount;
    *below *= factor->divides && amount ? amount : 1;
}

// Its frequency before its factors, and whether that comes from the crystal.
static uint64_t source_of(const struct chip *chip, const struct clock_node *node, bool *crystal)
{
    const struct system_clock *clock = &chip->clock;
    uint32_t choice = field_of(&chip->rcc, node->select);

    *crystal = node->crystal;
    if (node->crystal) {
        return clock->crystal_hz;
    }
    if (node->ranges) {
        return node->ranges[choice];
    }
    if (!node->inputs) {
        return node->hz;
    }
    int input = node->inputs[choice];
    *crystal = input >= 0 && clock->from_crystal[input];
    return input >= 0 ? clock->hz[input] : 0;
}

static void compute(struct chip *chip)
{
    const struct clock_tree *tree = chip->device->clock_tree;
    struct system_clock *clock = &chip->clock;

    for (unsigned i = 0; i < tree->count && i < CLOCK_NODES_MOST; i++) {
        const struct clock_node *node = &tree->nodes[i];
        uint64_t above = source_of(chip, node, &clock->from_crystal[i]), below = 1;
        for (unsigned j = 0; j < node->factor_count; j++) {
            apply(&chip->rcc, &node->factors[j], &above, &below);
        }
        clock->hz[i] = (above + below / 2) / below;
    }
}

// Time goes on from here at the speed that the registers say now. A core without a clock would
// stand still for good: it keeps the clock that it had.
static void go_on(struct chip *chip)
{
    const struct clock_tree *tree = chip->device->clock_tree;
    struct system_clock *clock = &chip->clock;

    clock->ns = system_clock_ns(chip);
    clock->since = chip->core.instructions;
    compute(chip);
    if (clock->hz[tree->cpu]) {
        clock->core_hz = clock->hz[tree->cpu];
        clock->crystal_core_hz =
            clock->from_crystal[tree->cpu] ? clock->core_hz : clock->crystal_core_hz;
    }
}

static void tell(struct chip *chip)
{
    systick_set_divider(&chip->core, system_clock_cycles(chip, CLOCK_SYSTICK, 1));
    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        if (block->type->rate_changed) {
            block->type->rate_changed(block);
        }
    }
}

void system_clock_open(struct chip *chip)
{
    uint32_t hz = chip->device->jump.hz;

    chip->clock = (struct system_clock){.core_hz = hz ? hz : HZ_UNKNOWN};
    system_clock_set_crystal(chip, 0);
}

void system_clock_set_crystal(struct chip *chip, uint32_t hz)
{
    const struct clock_tree *tree = chip->device->clock_tree;

    chip->clock.crystal_hz = hz || !tree ? hz : tree->hse;
    chip->clock.seen = chip->rcc.changes - 1;
}

void system_clock_reset(struct chip *chip)
{
    const struct clock_tree *tree = chip->device->clock_tree;

    for (unsigned i = 0; tree && i < tree->start_count; i++) {
        rcc_start(&chip->rcc, tree->starts[i].address, tree->starts[i].value);
    }
    if (tree) {
        go_on(chip);
        chip->clock.seen = chip->rcc.changes;
    }
    systick_set_divider(&chip->core, system_clock_cycles(chip, CLOCK_SYSTICK, 1));
}

void system_clock_look(struct chip *chip)
{
    uint64_t before[CLOCK_NODES_MOST];

    if (!chip->device->clock_tree || chip->clock.seen == chip->rcc.changes) {
        return;
    }
    chip->clock.seen = chip->rcc.changes;
    memcpy(before, chip->clock.hz, sizeof before);
    go_on(chip);
    if (memcmp(before, chip->clock.hz, sizeof before) != 0) {
        tell(chip);
    }
}

// Seconds and the rest apart, so that nothing overflows.
uint64_t system_clock_ns(const struct chip *chip)
{
    const struct system_clock *clock = &chip->clock;
    uint64_t cycles = chip->core.instructions - clock->since;

    return clock->ns + cycles / clock->core_hz * NS_IN_A_SECOND +
           cycles % clock->core_hz * NS_IN_A_SECOND / clock->core_hz;
}

static unsigned node_of(const struct clock_tree *tree, enum clock clock)
{
    switch (clock) {
    case CLOCK_LSI:
        return tree->lsi;
    case CLOCK_PCLK1:
        return tree->pclk1;
    case CLOCK_SYSTICK:
        return tree->systick;
    default:
        return tree->timers[clock - CLOCK_TIMERS];
    }
}

uint64_t system_clock_cycles(const struct chip *chip, enum clock clock, uint64_t count)
{
    const struct clock_tree *tree = chip->device->clock_tree;
    uint64_t unknown = clock == CLOCK_LSI ? HZ_LSI : chip->clock.core_hz;
    uint64_t hz = tree ? chip->clock.hz[node_of(tree, clock)] : unknown;
    uint64_t cycles = hz ? (count * chip->clock.core_hz + hz / 2) / hz : count;

    return cycles ? cycles : 1;
}

// Whole seconds and the rest apart, so that nothing overflows.
uint64_t system_clock_rescaled(const struct chip *chip, uint64_t cycles, uint64_t hz)
{
    uint64_t core_hz = chip->clock.core_hz;

    return cycles / hz * core_hz + cycles % hz * core_hz / hz;
}

enum clock system_clock_of_timers(unsigned apb)
{
    return (enum clock)(CLOCK_TIMERS + apb - 1);
}
