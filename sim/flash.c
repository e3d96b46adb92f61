// flash.c: the flash interface as the application sees it: latency, the EMPTY flag, the lock.
// SPDX-License-Identifier: MIT
//
// Programming by the application is not modelled; the ROM programs flash through rom_flash.c.
#include "block.h"
#include "chip.h"

static uint32_t flash_read(struct chip *chip, struct block *block, uint32_t offset)
{
    const struct device *device = chip->device;
    uint32_t value = block->registers[offset / 4];

    if (device->empty_register == block->peripheral->start + offset) {
        value = (value & ~device->empty_mask) | (chip->empty ? device->empty_mask : 0);
    }
    return value;
}

static void flash_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    const struct device *device = chip->device;

    if (device->empty_register == block->peripheral->start + offset) {
        bool bit = value & device->empty_mask;
        chip->empty = device->empty_toggles ? chip->empty != bit : bit;
    }
    block->registers[offset / 4] = value;
}

const struct block_behaviour flash_behaviour = {
    .read = flash_read,
    .write = flash_write,
    .lacks = "programming and erasing by the application, the lock, option bytes, wait states",
};
