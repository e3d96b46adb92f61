// pins.c: the data registers of a port, and which of its pins the outside drives.
// SPDX-License-Identifier: MIT
#include "pins.h"

#include "asked_pins.h"
#include "chip.h"
#include "journal.h"

static const struct port_layout *layout_of(const struct block *block)
{
    return block->type->pins->layout;
}

static struct port_state state_of(const struct block *block)
{
    struct port_state state = {.levels = block->registers[layout_of(block)->odr / 4]};

    for (unsigned pin = 0; pin < PINS; pin++) {
        state.outputs |= (uint32_t)layout_of(block)->is_output(block, pin) << pin;
    }
    return state;
}

// The pins of this port whose edges somebody watches for, and how high they are.
static uint32_t watched_levels(const struct block *block)
{
    const struct block *edges = block->chip->edges;
    uint32_t watched = edges ? edges->type->edges->watched(edges) : 0, levels = 0;

    for (; watched; watched &= watched - 1) {
        unsigned pin = (unsigned)__builtin_ctz(watched);
        levels |= (uint32_t)layout_of(block)->level_of(block, pin) << pin;
    }
    return levels;
}

// `before`: what watched_levels() was.
static void tell_edges(const struct block *block, uint32_t before)
{
    struct block *edges = block->chip->edges;
    uint32_t levels = watched_levels(block);

    for (uint32_t changed = before ^ levels; changed; changed &= changed - 1) {
        unsigned pin = (unsigned)__builtin_ctz(changed);
        edges->type->edges->pin_changed(edges, block->peripheral->name[4], pin, levels >> pin & 1u);
    }
}

// Inputs whose level nobody gives.
static uint32_t floating_pins(const struct block *block)
{
    const struct port_layout *layout = layout_of(block);
    uint32_t floating = 0;

    for (unsigned pin = 0; pin < PINS; pin++) {
        bool floats = !layout->is_output(block, pin) && !layout->is_pulled(block, pin) &&
                      pins_driven(block, pin) < 0;
        floating |= (uint32_t)floats << pin;
    }
    return floating;
}

uint32_t port_read(struct block *block, uint32_t offset)
{
    uint32_t value = 0;

    if (offset != layout_of(block)->idr) {
        return block->registers[offset / 4];
    }
    block->chip->idle_polls++;
    for (unsigned pin = 0; pin < PINS; pin++) {
        value |= (uint32_t)layout_of(block)->level_of(block, pin) << pin;
    }
    asked_pins_note(&block->chip->asked_pins, block->chip->core.cpu, block->peripheral->name[4],
                    floating_pins(block));
    return value;
}

void port_write(struct block *block, uint32_t offset, uint32_t value)
{
    struct port_state before = state_of(block);
    uint32_t levels = watched_levels(block);
    uint32_t *odr = &block->registers[layout_of(block)->odr / 4];

    if (offset == layout_of(block)->bsrr) {
        *odr = (before.levels & ~(value >> 16)) | (value & 0xFFFF);
    } else if (offset == layout_of(block)->brr) {
        *odr = before.levels & ~(value & 0xFFFF);
    } else if (offset != layout_of(block)->idr) {
        block->registers[offset / 4] = value;
    }
    journal_port(block->chip->journal, block->peripheral->name[4], before, state_of(block));
    tell_edges(block, levels);
}

uint32_t pins_outputs_high(const struct block *block)
{
    struct port_state state = state_of(block);

    return state.outputs & state.levels;
}

void pins_drive(struct block *block, uint32_t mask, uint32_t levels)
{
    uint32_t before = watched_levels(block);
    struct pins *pins = block->state;

    pins->driven |= mask;
    pins->levels = (pins->levels & ~mask) | (levels & mask);
    tell_edges(block, before);
}

void pins_release(struct block *block)
{
    uint32_t before = watched_levels(block);
    struct pins *pins = block->state;

    pins->driven = 0;
    tell_edges(block, before);
}

int pins_driven(const struct block *block, unsigned pin)
{
    const struct pins *pins = block->state;

    return pins->driven >> pin & 1u ? (int)(pins->levels >> pin & 1u) : -1;
}
