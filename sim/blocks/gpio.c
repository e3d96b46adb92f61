// gpio.c: GPIO ports: outputs are told to the journal, inputs come from the scenario.
// SPDX-License-Identifier: MIT
#include "chip.h"
#include "journal.h"
#include "pins.h"

enum {
    MODER = 0x00,
    PUPDR = 0x0C,
    IDR = 0x10,
    ODR = 0x14,
    BSRR = 0x18,
    BRR = 0x28,
    MODE_OUTPUT = 1,
    PULL_UP = 1,
    ALL_PINS = 0xFFFF,
    ALL_OUTPUTS = 0x55555555,
};

static bool is_output(const struct block *block, unsigned pin)
{
    return (block->registers[MODER / 4] >> (2 * pin) & 3u) == MODE_OUTPUT;
}

static struct port_state state_of(const struct block *block)
{
    struct port_state state = {.levels = block->registers[ODR / 4]};

    for (unsigned pin = 0; pin < PINS; pin++) {
        state.outputs |= (uint32_t)is_output(block, pin) << pin;
    }
    return state;
}

// A pin that nobody drives follows its pull-up; without one it is taken to be low.
static bool level_of(const struct block *block, unsigned pin)
{
    uint32_t pull = block->registers[PUPDR / 4] >> (2 * pin) & 3u;
    int driven = pins_driven(block, pin);

    if (is_output(block, pin)) {
        return block->registers[ODR / 4] >> pin & 1u;
    }
    return driven >= 0 ? driven : pull == PULL_UP;
}

static uint32_t gpio_read(struct block *block, uint32_t offset)
{
    uint32_t value = 0;

    if (offset != IDR) {
        return block->registers[offset / 4];
    }
    block->chip->idle_polls++;
    for (unsigned pin = 0; pin < PINS; pin++) {
        value |= (uint32_t)level_of(block, pin) << pin;
    }
    return value;
}

static void gpio_write(struct block *block, uint32_t offset, uint32_t value)
{
    struct port_state before = state_of(block);

    if (offset == BSRR) {
        block->registers[ODR / 4] = (before.levels & ~(value >> 16)) | (value & 0xFFFF);
    } else if (offset == BRR) {
        block->registers[ODR / 4] = before.levels & ~(value & 0xFFFF);
    } else if (offset != IDR) {
        block->registers[offset / 4] = value;
    }
    journal_port(block->chip->journal, block->peripheral->name[4], before, state_of(block));
}

static uint32_t outputs_high(const struct block *block)
{
    struct port_state state = state_of(block);

    return state.outputs & state.levels;
}

// All outputs, all high.
static void gpio_use(struct block *block)
{
    block_start_clock(block);
    bus_write(block->chip, block->peripheral->start + ODR, 4, ALL_PINS);
    bus_write(block->chip, block->peripheral->start + MODER, 4, ALL_OUTPUTS);
}

static const struct pin_role gpio_pins = {pins_drive, pins_release, pins_driven, outputs_high};

const struct block_type gpio_type = {
    .state_size = sizeof(struct pins),
    .read = gpio_read,
    .write = gpio_write,
    .use = gpio_use,
    .role = ROLE_PORT,
    .pins = &gpio_pins,
    .not_modelled =
        "alternate functions are not routed: a USART talks whatever its pins are set to",
};
