// flash.c: the flash interface as the application sees it: latency, the EMPTY flag, the lock.
// SPDX-License-Identifier: MIT
//
// An application erases a page through flash_erase.c, and programs option bytes through
// option_bytes.c, where the row says how; programming of flash is not modelled. The ROM programs
// flash through rom_flash.c.
#include "block.h"
#include "chip.h"

static uint32_t flash_read(struct chip *chip, struct block *block, uint32_t offset)
{
    const struct device *device = chip->device;
    uint32_t value = block->registers[offset / 4];

    if (device->empty_register == block->peripheral->start + offset) {
        value = (value & ~device->empty_mask) | (chip->empty ? device->empty_mask : 0);
    }
    return option_bytes_read(chip, block->peripheral->start + offset, value);
}

static void flash_reset(struct chip *chip, struct block *block)
{
    (void)block;
    chip->flash_erase = (struct flash_erase){0};
}

static void flash_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    const struct device *device = chip->device;

    if (flash_erase_write(chip, block->peripheral->start + offset, value)) {
        return;
    }
    if (device->empty_register == block->peripheral->start + offset) {
        bool bit = value & device->empty_mask;
        chip->empty = device->empty_toggles ? chip->empty != bit : bit;
        value &= ~device->empty_mask; // kept in the chip: it is no setting of this block
    }
    block->registers[offset / 4] =
        option_bytes_write(chip, block->peripheral->start + offset, value);
}

const struct block_behaviour flash_behaviour = {
    .reset = flash_reset,
    .read = flash_read,
    .write = flash_write,
    .not_modelled =
        "programming by the application, erasing where the row does not say how, wait states",
};
