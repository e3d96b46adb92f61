// gpio_crl.c: GPIO ports of the layout with CRL and CRH, four bits of configuration a pin.
// SPDX-License-Identifier: MIT
//
// RM0008 Rev 21, 9.2: MODE 0 is an input, whose CNF 2 is pulled to the level of ODR.
#include "chip.h"
#include "pins.h"

enum {
    CRL = 0x00,
    CRH = 0x04,
    IDR = 0x08,
    ODR = 0x0C,
    BSRR = 0x10,
    BRR = 0x14,
    CONFIGURATION_RESET = 0x44444444, // floating inputs
    MODE = 3,
    CNF_FLOATING = 1,
    CNF_PULLED = 2,
    CNF_ALTERNATE = 2, // of outputs
    ALL_PINS = 0xFFFF,
    ALL_OUTPUTS = 0x33333333,
};

static uint32_t configuration(const struct block *block, unsigned pin)
{
    return block->registers[pin / 8] >> (4 * (pin % 8)) & 0xFu;
}

static bool is_output(const struct block *block, unsigned pin)
{
    uint32_t bits = configuration(block, pin);

    return bits & MODE && !(bits >> 2 & CNF_ALTERNATE);
}

// A pin that nobody drives follows its pull; without one it is taken to be low.
static bool level_of(const struct block *block, unsigned pin)
{
    bool out = block->registers[ODR / 4] >> pin & 1u;
    uint32_t bits = configuration(block, pin);
    int driven = pins_driven(block, pin);

    if (is_output(block, pin)) {
        return out;
    }
    if (driven >= 0) {
        return driven;
    }
    return !(bits & MODE) && bits >> 2 == CNF_PULLED && out;
}

static void gpio_crl_reset(struct block *block)
{
    if (!block->peripheral->control_reset) {
        block->registers[CRL / 4] = CONFIGURATION_RESET;
    }
    block->registers[CRH / 4] = CONFIGURATION_RESET;
}

static bool is_pulled(const struct block *block, unsigned pin)
{
    uint32_t bits = configuration(block, pin);

    return bits & MODE || bits >> 2 != CNF_FLOATING;
}

static const struct port_layout layout = {IDR, ODR, BSRR, BRR, is_output, level_of, is_pulled};

static void gpio_crl_write(struct block *block, uint32_t offset, uint32_t value)
{
    port_write(block, offset, offset == ODR ? value & ALL_PINS : value);
}

// All outputs, all high.
static void gpio_crl_use(struct block *block)
{
    block_start_clock(block);
    bus_write(block->chip, block->peripheral->start + ODR, 4, ALL_PINS);
    bus_write(block->chip, block->peripheral->start + CRL, 4, ALL_OUTPUTS);
    bus_write(block->chip, block->peripheral->start + CRH, 4, ALL_OUTPUTS);
}

static const struct pin_role gpio_crl_pins = {pins_drive, pins_release, pins_driven,
                                              pins_outputs_high, &layout};

const struct block_type gpio_crl_type = {
    .state_size = sizeof(struct pins),
    .reset = gpio_crl_reset,
    .read = port_read,
    .write = gpio_crl_write,
    .use = gpio_crl_use,
    .role = ROLE_PORT,
    .pins = &gpio_crl_pins,
    .layout = "CRL CRH IDR ODR BSRR BRR LCKR",
    .not_modelled = "alternate functions are not routed: a USART talks whatever its pins are set "
                    "to; the lock, AFIO",
};
