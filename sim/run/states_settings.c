// states_settings.c: the state in which settings of chip and core are not as after a reset.
// SPDX-License-Identifier: MIT
#include "state_makers.h"

#include "bus.h"

enum { CCR_CACHES = 3 << 16 };

// Armv7-M ARM (DDI0403E), B3.2.7 and B3.2.8.
#define SCR 0xE000ED10u
#define CCR 0xE000ED14u

// Whether the library knows a bit that resets it: one that it may set at once, or when the clocks
// are back.
static bool has_reset_bit(const struct device *device, const struct register_known *known)
{
    const struct jump_step *step = device->jump.steps;

    while (step->name &&
           !(step->address == known->reset_register && step->mask == known->reset_mask)) {
        step++;
    }
    return known->reset_register &&
           (step->name || rcc_may_pulse(device, known->reset_register, known->reset_mask));
}

// One that all parts of the row have: whoever built the firmware built it for one of them.
static bool is_setting(const struct chip *chip, const struct register_known *known)
{
    const struct device *device = chip->device;
    const struct block *block = block_at(chip, known->address);

    if (known->parts[0] || known->backup_domain || known->left ||
        known->address - device->rcc < device->rcc_size) {
        return false;
    }
    return block ? block->type->role == ROLE_POWER || block->type->role == ROLE_REMAP ||
                       block->type->role == ROLE_EDGES
                 : has_reset_bit(device, known);
}

// Bits that stay until the power goes or the chip is reset, and those that move the code which
// runs.
static uint32_t fixed_bits(const struct device *device, const struct register_known *known)
{
    uint32_t fixed = known->kept | ~known->settings;

    for (const struct register_bits *bits = device->register_bits; bits->name; bits++) {
        if (bits->address == known->address && bits->behaviour == BITS_SET_ONLY) {
            fixed |= bits->mask;
        }
    }
    fixed |= known->address == device->remap_register ? device->remap_mask : 0;
    return fixed |
           (known->address == device->bank_check.swap_register ? device->bank_check.swap_mask : 0);
}

bool states_has_settings(const struct device *device)
{
    return device->known_registers->name != NULL;
}

static void change_setting(struct chip *chip, const struct register_known *known)
{
    uint32_t fixed = fixed_bits(chip->device, known);
    struct block *block = block_at(chip, known->address);

    if (block) {
        block_start_clock(block);
    }
    bus_write(chip, known->address, 4,
              (bus_read(chip, known->address, 4) & fixed) | (~known->reset & ~fixed));
}

// How the core traps, aligns stacks and sleeps; caches have a state of their own.
static void change_core(struct chip *chip)
{
    bus_write(chip, CCR, 4, ~bus_read(chip, CCR, 4) & ~(uint32_t)CCR_CACHES);
    bus_write(chip, SCR, 4, 0xFFFFFFFFu);
}

// Every bit that is known and can be changed is changed: of PWR, SYSCFG or SBS, EXTI, VREFBUF, of
// peripherals without code that a reset bit resets, and of the core's CCR and SCR.
void state_change_settings(struct chip *chip)
{
    change_core(chip);
    for (const struct register_known *known = chip->device->known_registers; known->name; known++) {
        if (is_setting(chip, known)) {
            change_setting(chip, known);
        }
    }
}
