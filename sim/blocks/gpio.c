// gpio.c: GPIO ports: outputs are told to the journal, inputs come from the scenario.
// SPDX-License-Identifier: MIT
#include "chip.h"
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

static bool is_pulled(const struct block *block, unsigned pin)
{
    bool input = !(block->registers[MODER / 4] >> (2 * pin) & 3u);

    return !input || block->registers[PUPDR / 4] >> (2 * pin) & 3u;
}

static const struct port_layout layout = {IDR, ODR, BSRR, BRR, is_output, level_of, is_pulled};

// All outputs, all high.
static void gpio_use(struct block *block)
{
    block_start_clock(block);
    bus_write(block->chip, block->peripheral->start + ODR, 4, ALL_PINS);
    bus_write(block->chip, block->peripheral->start + MODER, 4, ALL_OUTPUTS);
}

static const struct pin_role gpio_pins = {pins_drive, pins_release, pins_driven, pins_outputs_high,
                                          &layout};

const struct block_type gpio_type = {
    .state_size = sizeof(struct pins),
    .read = port_read,
    .write = port_write,
    .use = gpio_use,
    .role = ROLE_PORT,
    .pins = &gpio_pins,
    .layout = "MODER OTYPER OSPEEDR PUPDR IDR ODR BSRR LCKR AFRL AFRH BRR",
    .not_modelled =
        "alternate functions are not routed: a USART talks whatever its pins are set to",
};
