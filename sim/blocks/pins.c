// pins.c: the data registers of a port, and which of its pins the outside drives.
// SPDX-License-Identifier: MIT
#include "pins.h"

#include "chip.h"
#include "journal.h"

static struct port_state state_of(const struct block *block, const struct port_layout *layout)
{
    struct port_state state = {.levels = block->registers[layout->odr / 4]};

    for (unsigned pin = 0; pin < PINS; pin++) {
        state.outputs |= (uint32_t)layout->is_output(block, pin) << pin;
    }
    return state;
}

uint32_t port_read(struct block *block, const struct port_layout *layout, uint32_t offset)
{
    uint32_t value = 0;

    if (offset != layout->idr) {
        return block->registers[offset / 4];
    }
    block->chip->idle_polls++;
    for (unsigned pin = 0; pin < PINS; pin++) {
        value |= (uint32_t)layout->level_of(block, pin) << pin;
    }
    return value;
}

void port_write(struct block *block, const struct port_layout *layout, uint32_t offset,
                uint32_t value)
{
    struct port_state before = state_of(block, layout);
    uint32_t *odr = &block->registers[layout->odr / 4];

    if (offset == layout->bsrr) {
        *odr = (before.levels & ~(value >> 16)) | (value & 0xFFFF);
    } else if (offset == layout->brr) {
        *odr = before.levels & ~(value & 0xFFFF);
    } else if (offset != layout->idr) {
        block->registers[offset / 4] = value;
    }
    journal_port(block->chip->journal, block->peripheral->name[4], before, state_of(block, layout));
}

uint32_t port_outputs_high(const struct block *block, const struct port_layout *layout)
{
    struct port_state state = state_of(block, layout);

    return state.outputs & state.levels;
}

void pins_drive(struct block *block, uint32_t mask, uint32_t levels)
{
    struct pins *pins = block->state;

    pins->driven |= mask;
    pins->levels = (pins->levels & ~mask) | (levels & mask);
}

void pins_release(struct block *block)
{
    struct pins *pins = block->state;

    pins->driven = 0;
}

int pins_driven(const struct block *block, unsigned pin)
{
    const struct pins *pins = block->state;

    return pins->driven >> pin & 1u ? (int)(pins->levels >> pin & 1u) : -1;
}
