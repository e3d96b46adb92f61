// syscfg.c: SYSCFG: MEM_MODE chooses what is seen at address 0, the rest is plain registers.
// SPDX-License-Identifier: MIT
#include "chip.h"

static void syscfg_reset(struct block *block)
{
    struct chip *chip = block->chip;
    const struct device *device = chip->device;

    if (!device->remap_register) {
        return;
    }
    chip_show_at_0(chip, chip_boot(chip) != BOOT_APPLICATION); // MEM_MODE shows how the chip booted
    if (chip->alias_is_rom) {
        block->registers[(device->remap_register - block->peripheral->start) / 4] |=
            device->remap_system_memory;
    }
}

static void syscfg_write(struct block *block, uint32_t offset, uint32_t value)
{
    const struct device *device = block->chip->device;

    block->registers[offset / 4] = value;
    if (device->remap_register == block->peripheral->start + offset) {
        chip_show_at_0(block->chip, (value & device->remap_mask) == device->remap_system_memory);
    }
}

const struct block_type syscfg_type = {
    .reset = syscfg_reset,
    .write = syscfg_write,
    .role = ROLE_REMAP,
    .not_modelled =
        "MEM_MODE knows flash and system memory only, everything else is plain registers",
};
