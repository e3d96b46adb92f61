// rom_flash.c: erases and programs flash the way this device's flash takes it.
// SPDX-License-Identifier: MIT
#include "rom_flash.h"

#include "flash_cells.h"

#include <string.h>

enum { LARGEST_UNIT = 64 };

static bool is_flash(const struct chip *chip, uint32_t address)
{
    return address - chip->device->flash.start < chip->device->flash.size;
}

static bool overlaps_rom_ram(const struct device *device, uint32_t address, uint32_t size)
{
    for (const struct region *ram = device->rom_ram; ram->size; ram++) {
        if (address < ram->start + ram->size && ram->start < address + size) {
            return true;
        }
    }
    return false;
}

const uint8_t *rom_flash_readable(const struct chip *chip, uint32_t address, uint32_t size)
{
    return overlaps_rom_ram(chip->device, address, size) ? NULL
                                                         : memory_at(&chip->memory, address, size);
}

bool rom_flash_writable(const struct chip *chip, uint32_t address)
{
    return !overlaps_rom_ram(chip->device, address, 4) &&
           (is_flash(chip, address) || memory_ram_at(&chip->memory, address, 4));
}

static bool program(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    const struct device *device = chip->device;
    uint32_t unit_size = device->program_bytes;
    uint32_t at = address - address % unit_size;
    uint8_t wanted[LARGEST_UNIT];

    for (; at < address + size; at += unit_size) {
        uint8_t *unit = memory_at(&chip->memory, at, unit_size);
        memset(wanted, device->erased, unit_size);
        for (uint32_t i = 0; i < unit_size; i++) {
            if (at + i - address < size) {
                wanted[i] = bytes[at + i - address];
            }
        }
        if (!unit || !flash_cells_program(chip, unit, wanted, unit_size)) {
            return false;
        }
    }
    return true;
}

bool rom_flash_write(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    uint8_t *ram = memory_ram_at(&chip->memory, address, size);

    if (overlaps_rom_ram(chip->device, address, size)) {
        return false;
    }
    chip->code_changed = true;
    if (ram) {
        memcpy(ram, bytes, size);
        return true;
    }
    return is_flash(chip, address) && is_flash(chip, address + size - 1) &&
           program(chip, address, bytes, size);
}

bool rom_flash_erase(struct chip *chip, unsigned page)
{
    for (const struct page_run *run = chip->device->pages; run->count; run++) {
        unsigned index = page - run->first_number;
        if (page >= run->first_number && index < run->count) {
            chip->code_changed = true;
            memset(memory_at(&chip->memory, run->start + index * run->size, run->size),
                   chip->device->erased, run->size);
            return true;
        }
    }
    return false;
}

void rom_flash_erase_all(struct chip *chip)
{
    chip->code_changed = true;
    memset(memory_at(&chip->memory, chip->device->flash.start, chip->device->flash.size),
           chip->device->erased, chip->device->flash.size);
}
