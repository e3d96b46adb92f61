// flash.c: the flash interface as firmware sees it: latency, EMPTY, how a page is erased.
// SPDX-License-Identifier: MIT
//
// An application programs it through flash_control.c, where the row has the controller. Else a page
// is erased by keys, a sequence of writes, and a wait: the row has them where the ROM looks at the
// flash. Option bytes are programmed through option_bytes.c, where the row says how. The ROM
// programs flash by itself.
#include "flash_control.h"

#include <string.h>

struct flash {
    struct flash_control controls[FLASH_CONTROLLERS];
    size_t control_count;
    size_t unlocked; // writes of the unlocking sequence that were made
    size_t step;     // writes of the erasing one
    uint32_t page;   // an address in the page
};

static size_t count(const struct register_write *writes)
{
    size_t number = 0;

    while (writes[number].name) {
        number++;
    }
    return number;
}

static bool is_in(const struct register_write *writes, uint32_t address)
{
    for (; writes->name; writes++) {
        if (writes->address == address) {
            return true;
        }
    }
    return false;
}

// A write to address 0 stands for one to the page, a value of 0 for the page's address.
static bool is_next(struct flash *flash, const struct device *device, uint32_t address,
                    uint32_t value)
{
    const struct register_write *next = &device->first_page_erase[flash->step];
    bool to_page = next->address == 0, names_page = !to_page && next->value == 0;

    if (to_page || names_page) {
        uint32_t page = to_page ? address : value;
        if (page - device->flash.start >= device->flash.size ||
            (names_page && address != next->address)) {
            return false;
        }
        flash->page = page;
        return true;
    }
    return address == next->address && value == next->value;
}

// The sequence is complete. A core that runs from the page has nothing to run any more.
static bool erase_page(void *context)
{
    const struct block *block = context;
    const struct flash *flash = block->state;
    struct chip *chip = block->chip;
    uint32_t pc = cpu_get(chip->core.cpu, CPU_PC);
    struct region page;
    unsigned number;

    if (!device_page(chip->device, flash->page, &number, &page)) {
        return true;
    }
    if (pc - page.start < page.size) {
        chip->core.lockup = "the page that the code runs from is erased";
        return false;
    }
    memset(memory_at(&chip->memory, page.start, page.size), chip->device->erased, page.size);
    chip->code_changed = true;
    return true;
}

static bool unlock(struct flash *flash, const struct register_write *keys, uint32_t address,
                   uint32_t value)
{
    bool fits = address == keys[flash->unlocked].address && value == keys[flash->unlocked].value;

    flash->unlocked += fits;
    return fits;
}

// A write to a register of the controller, or to the flash itself. True if it is the next of a
// sequence; it then leaves nothing in a register.
static bool take_step(struct block *block, uint32_t address, uint32_t value)
{
    const struct device *device = block->chip->device;
    const struct register_write *lock = device->first_page_lock;
    size_t keys = count(device->first_page_unlock);
    struct flash *flash = block->state;

    if (flash->unlocked < keys) {
        return unlock(flash, device->first_page_unlock, address, value);
    }
    if (lock->name && address == lock->address && value == lock->value) {
        flash->unlocked = flash->step = 0;
        return true;
    }
    if (keys == 0 || !is_next(flash, device, address, value)) {
        flash->step = is_in(device->first_page_erase, address) ? 0 : flash->step;
        return false;
    }
    flash->step++;
    if (flash->step == count(device->first_page_erase)) {
        flash->step = 0;
        chip_defer(block->chip, erase_page, block);
    }
    return true;
}

static bool flash_store(struct block *block, uint32_t address, unsigned size, uint32_t value)
{
    struct flash *flash = block->state;

    for (size_t i = 0; i < flash->control_count; i++) {
        struct region part = flash_control_part(&flash->controls[i]);
        if (address - part.start < part.size) {
            return flash_control_store(&flash->controls[i], address, size, value);
        }
    }
    return flash->control_count == 0 && take_step(block, address, value);
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
        if (!flash_control_open(&flash->controls[flash->control_count++], block, row)) {
            return false;
        }
    }
    return true;
}

static void flash_reset(struct block *block)
{
    struct flash *flash = block->state;

    flash->unlocked = flash->step = 0;
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
    const struct flash *flash = block->state;

    if (flash->control_count == 0 && take_step(block, block->peripheral->start + offset, value)) {
        return;
    }
    if (device->empty_register == block->peripheral->start + offset) {
        bool bit = value & device->empty_mask;
        chip->empty = device->empty_toggles ? chip->empty != bit : bit;
        value &= ~device->empty_mask; // kept in the chip: it is no setting of this block
    }
    block->registers[offset / 4] = write_controls(block, block->peripheral->start + offset, value);
}

const struct block_type flash_type = {
    .state_size = sizeof(struct flash),
    .open = flash_open,
    .reset = flash_reset,
    .read = flash_read,
    .write = flash_write,
    .kept = flash_kept,
    .flash_store = flash_store,
    .layout = "ACR",
    .not_modelled =
        "write protection and interrupts of the controller, how long it works, wait states",
};
