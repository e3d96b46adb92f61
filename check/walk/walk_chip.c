// walk_chip.c: takes from a row of the device table what a walk has to know.
// SPDX-License-Identifier: MIT
#include "walk.h"

#include <string.h>

// The block that holds MEM_MODE, and how RCC resets it.
static void find_remap_reset(const struct device *device, struct walk_chip *chip)
{
    for (const struct peripheral *one = device->peripherals; one->name; one++) {
        uint32_t offset = chip->remap_register - one->start;
        if (one->block == BLOCK_SYSCFG && offset < one->size) {
            chip->remap_reset_register = one->reset_register;
            chip->remap_reset_mask = one->reset_mask;
        }
    }
}

void walk_chip_of(const struct device *device, struct walk_chip *chip)
{
    memset(chip, 0, sizeof *chip);
    chip->core = device->core;
    chip->alias = device->alias;
    chip->remap_register = device->remap_register;
    chip->remap_mask = device->remap_mask;
    chip->remap_system_memory = device->remap_system_memory;
    chip->remap_clock_register = device->remap_clock_register;
    chip->remap_clock_mask = device->remap_clock_mask;
    chip->rom_ram_known = device->rom_ram->size != 0;
    if (chip->remap_register) {
        find_remap_reset(device, chip);
    }
}

bool walk_chip_equal(const struct walk_chip *a, const struct walk_chip *b)
{
    return a->core == b->core && a->alias == b->alias && a->remap_register == b->remap_register &&
           a->remap_mask == b->remap_mask && a->remap_system_memory == b->remap_system_memory &&
           a->remap_clock_register == b->remap_clock_register &&
           a->remap_clock_mask == b->remap_clock_mask &&
           a->remap_reset_register == b->remap_reset_register &&
           a->remap_reset_mask == b->remap_reset_mask && a->rom_ram_known == b->rom_ram_known;
}
