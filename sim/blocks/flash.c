// flash.c: the flash interface as firmware sees it: latency, EMPTY, and who else has its registers.
// SPDX-License-Identifier: MIT
//
// An application programs it through flash_control.c, where the row has the controller. Option
// bytes are programmed through option_bytes.c, where the row says how. The ROM programs flash by
// itself.
#include "flash_control.h"

struct flash {
    struct flash_control controls[FLASH_CONTROLLERS];
    size_t control_count;
};

static void set_line(struct block *block)
{
    const struct flash *flash = block->state;
    bool high = false;

    for (size_t i = 0; i < flash->control_count; i++) {
        high |= flash_control_interrupts(&flash->controls[i]);
    }
    block_set_interrupt(block, high);
}

static bool flash_store(struct block *block, uint32_t address, unsigned size, uint32_t value)
{
    struct flash *flash = block->state;

    for (size_t i = 0; i < flash->control_count; i++) {
        struct region part = flash_control_part(&flash->controls[i]);
        if (address - part.start < part.size) {
            bool taken = flash_control_store(&flash->controls[i], address, size, value);
            set_line(block);
            return taken;
        }
    }
    return false;
}

static uint32_t flash_read(struct block *block, uint32_t offset)
{
    const struct flash *flash = block->state;
    struct chip *chip = block->chip;
    const struct device *device = chip->device;
    uint32_t address = block->peripheral->start + offset;
    uint32_t value = block->registers[offset / 4];

    if (device->empty_register == address) {
        value = (value & ~device->empty_mask) | (chip->empty ? device->empty_mask : 0);
    }
    value = option_bytes_read(chip, address, value);
    for (size_t i = 0; i < flash->control_count; i++) {
        value = flash_control_read(&flash->controls[i], address, value);
    }
    return value;
}

// A flag that a 1 toggles is kept by a 0.
static uint32_t flash_kept(struct block *block, uint32_t offset)
{
    uint32_t address = block->peripheral->start + offset;
    const struct device *device = block->chip->device;
    bool empty = device->empty_register == address && block->chip->empty && !device->empty_toggles;

    return option_bytes_kept(block->chip, address, block->registers[offset / 4]) |
           (empty ? device->empty_mask : 0);
}

static bool flash_open(struct block *block)
{
    const struct flash_controller *row = block->chip->device->flash_controllers;
    struct flash *flash = block->state;

    for (; row->name && flash->control_count < FLASH_CONTROLLERS; row++) {
        if (!flash_control_open(&flash->controls[flash->control_count++], block, row, set_line)) {
            return false;
        }
    }
    return true;
}

static void flash_reset(struct block *block)
{
    struct flash *flash = block->state;

    for (size_t i = 0; i < flash->control_count; i++) {
        flash_control_reset(&flash->controls[i]);
    }
}

// Option bytes and controllers share registers: each gets what is written, and keeps its own bits.
static uint32_t write_controls(struct block *block, uint32_t address, uint32_t value)
{
    struct flash *flash = block->state;
    uint32_t kept = option_bytes_write(block->chip, address, value);

    for (size_t i = 0; i < flash->control_count; i++) {
        struct flash_control *control = &flash->controls[i];
        if (address == control->row->control || flash_control_has(control, address)) {
            kept = flash_control_write(control, address, value) &
                   ~(option_bytes_bits(block->chip, address) & ~control->row->locks[0].mask);
        }
    }
    return kept;
}

static void flash_write(struct block *block, uint32_t offset, uint32_t value)
{
    struct chip *chip = block->chip;
    const struct device *device = chip->device;

    if (device->empty_register == block->peripheral->start + offset) {
        bool bit = value & device->empty_mask;
        chip->empty = device->empty_toggles ? chip->empty != bit : bit;
        value &= ~device->empty_mask; // kept in the chip: it is no setting of this block
    }
    block->registers[offset / 4] = write_controls(block, block->peripheral->start + offset, value);
    set_line(block);
}

const struct block_type flash_type = {
    .state_size = sizeof(struct flash),
    .open = flash_open,
    .reset = flash_reset,
    .read = flash_read,
    .write = flash_write,
    .kept = flash_kept,
    .flash_store = flash_store,
    .role = ROLE_FLASH,
    .layout = "ACR",
    .not_modelled = "write protection, how long it works, wait states",
};
