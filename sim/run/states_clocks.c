// states_clocks.c: states of the clock tree: as fast as can be, and slower than after a reset.
// SPDX-License-Identifier: MIT
#include "state_makers.h"

#include "bus.h"

#include <string.h>

static bool is_enable_register(const struct register_reset *reg)
{
    return strstr(reg->name, "ENR") != NULL;
}

// The number in SW that a reset leaves.
static int reset_selects(const struct device *device)
{
    for (const struct register_reset *reg = device->rcc_registers; reg->name; reg++) {
        if (reg->address == device->switch_register && device->switch_mask) {
            uint32_t unit = device->switch_mask & -device->switch_mask;
            return (int)((reg->value & device->switch_mask) / unit);
        }
    }
    return 0;
}

// The last (or first) oscillator that can drive the system clock and does not after a reset; NULL
// where the row does not say which can. PLLs are the last.
static const struct ready_bit *other_driver(const struct device *device, bool last)
{
    const struct ready_bit *found = NULL;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        if (bit->selects >= 0 && bit->selects != reset_selects(device) && (last || !found)) {
            found = bit;
        }
    }
    return found;
}

static void enable(struct chip *chip, const struct ready_bit *bit, bool on)
{
    uint32_t value = rcc_peek(&chip->rcc, bit->address);

    rcc_put(&chip->rcc, bit->address, on ? value | bit->on : value & ~bit->on);
}

// Without a driver that is known SW is all ones.
static void switch_to(struct chip *chip, const struct ready_bit *driver)
{
    const struct device *device = chip->device;
    uint32_t mask = device->switch_mask, value = rcc_peek(&chip->rcc, device->switch_register);
    uint32_t unit = mask & -mask, selects = driver ? (uint32_t)driver->selects * unit : mask;

    rcc_put(&chip->rcc, device->switch_register, (value & ~mask) | selects);
}

// What the steps say of blocks that are modelled but for the latency: the power control, that is.
static void change_power(struct chip *chip)
{
    for (const struct jump_step *step = chip->device->jump.steps; step->name; step++) {
        const struct block *block = block_at(chip, step->address);
        if (block && block->type->role == ROLE_POWER && !step->wait) {
            uint32_t value = bus_read(chip, step->address, 4);
            bus_write(chip, step->address, 4, (value & ~step->mask) | (~step->value & step->mask));
        }
    }
}

void state_run_all_clocks(struct chip *chip)
{
    const struct device *device = chip->device;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        enable(chip, bit, true);
    }
    for (const struct register_reset *reg = device->rcc_registers; reg->name; reg++) {
        if (is_enable_register(reg)) {
            rcc_put(&chip->rcc, reg->address, 0xFFFFFFFFu);
        }
    }
    switch_to(chip, other_driver(device, true));
    change_power(chip);
    flash_latency_make(chip, true);
}

bool states_can_be_slow(const struct device *device)
{
    return other_driver(device, false) != NULL;
}

// One oscillator runs, and not the one of a reset.
void state_run_slowly(struct chip *chip)
{
    const struct device *device = chip->device;
    const struct ready_bit *driver = other_driver(device, false);

    enable(chip, driver, true);
    switch_to(chip, driver);
    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        if (bit != driver) {
            enable(chip, bit, false);
        }
    }
    flash_latency_make(chip, false);
}
