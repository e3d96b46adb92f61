// syscfg.c: SYSCFG: MEM_MODE chooses what is seen at address 0, the rest is plain registers.
// SPDX-License-Identifier: MIT
#include "block.h"
#include "chip.h"

static void show_at_0(struct chip *chip, bool rom)
{
    if (rom != chip->alias_is_rom) {
        chip->alias_is_rom = rom;
        chip->alias_changed = true;
    }
}

static void syscfg_reset(struct chip *chip, struct block *block)
{
    const struct device *device = chip->device;

    if (!device->remap_register) {
        return;
    }
    show_at_0(chip, chip_boot(chip) != BOOT_APPLICATION); // MEM_MODE shows how the chip booted
    if (chip->alias_is_rom) {
        block->registers[(device->remap_register - block->peripheral->start) / 4] |=
            device->remap_system_memory;
    }
}

static void syscfg_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    const struct device *device = chip->device;

    block->registers[offset / 4] = value;
    if (device->remap_register == block->peripheral->start + offset) {
        show_at_0(chip, (value & device->remap_mask) == device->remap_system_memory);
    }
}

const struct block_behaviour syscfg_behaviour = {
    .reset = syscfg_reset,
    .write = syscfg_write,
    .not_modelled =
        "MEM_MODE knows flash and system memory only, everything else is plain registers",
};
