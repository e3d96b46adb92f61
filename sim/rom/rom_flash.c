// rom_flash.c: erases and programs flash the way this device's flash takes it.
// SPDX-License-Identifier: MIT
#include "rom_flash.h"

#include "flash_cells.h"
#include "option_area.h"

#include <string.h>

enum { LARGEST_UNIT = 64, UID_BYTES = 12, UID_FIRST = 8 };

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

// It lies in the area of some rows that has their option bytes.
static bool is_unique_id(const struct device *device, uint32_t address)
{
    return device->uid && (address - device->uid < UID_FIRST ||
                           address - device->uid_last < UID_BYTES - UID_FIRST);
}

const uint8_t *rom_flash_readable(const struct chip *chip, uint32_t address, uint32_t size)
{
    const uint8_t *option_bytes = option_area_at(chip, address, size);

    if (option_bytes && !is_unique_id(chip->device, address)) {
        return option_bytes;
    }
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

// Words of RAM, as far as it is there and free.
static bool store(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    for (uint32_t at = 0; at < size; at += 4) {
        uint32_t count = size - at < 4 ? size - at : 4;
        uint8_t *word = memory_ram_at(&chip->memory, address + at, count);
        if (!word || overlaps_rom_ram(chip->device, address + at, count)) {
            return false;
        }
        memcpy(word, bytes + at, count);
    }
    return true;
}

bool rom_flash_write(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    const struct region *flash = &chip->device->flash;

    chip->code_changed = true;
    if (!is_flash(chip, address)) {
        return store(chip, address, bytes, size);
    }
    uint32_t room = flash->start + flash->size - address;
    if (option_area_protects(chip, address, size < room ? size : room)) {
        return size <= room;
    }
    return program(chip, address, bytes, size < room ? size : room) && size <= room;
}

// Of the page with this number, the start; 0 if there is none.
static uint32_t page_start(const struct chip *chip, unsigned page, uint32_t *size)
{
    for (const struct page_run *run = chip->device->pages; run->count; run++) {
        unsigned index = page - run->first_number;
        uint32_t start = run->start + index * run->size;
        if (page >= run->first_number && index < run->count && is_flash(chip, start)) {
            *size = run->size;
            return start;
        }
    }
    return 0;
}

static void erase(struct chip *chip, uint32_t start, uint32_t size)
{
    if (option_area_protects(chip, start, size)) {
        return;
    }
    chip->code_changed = true;
    memset(memory_at(&chip->memory, start, size), chip->device->erased, size);
}

bool rom_flash_erase(struct chip *chip, unsigned page)
{
    uint32_t size, start = page_start(chip, page, &size);

    if (start == 0) {
        return false;
    }
    erase(chip, start, size);
    return true;
}

void rom_flash_erase_all(struct chip *chip)
{
    erase(chip, chip->device->flash.start, chip->device->flash.size);
}

// No write protection keeps it from this (AN3155, Readout Unprotect command).
void rom_flash_erase_all_protected(struct chip *chip)
{
    chip->code_changed = true;
    memset(memory_at(&chip->memory, chip->device->flash.start, chip->device->flash.size),
           chip->device->erased, chip->device->flash.size);
}

static bool has_banks(const struct chip *chip)
{
    return chip->device->dual_bank != DUAL_BANK_NONE;
}

bool rom_flash_second_bank(const struct chip *chip, unsigned page)
{
    uint32_t size, start = page_start(chip, page, &size);

    return has_banks(chip) && start &&
           start - chip->device->flash.start >= chip->device->flash.size / 2;
}

bool rom_flash_has(const struct chip *chip, uint32_t address)
{
    return is_flash(chip, address);
}

bool rom_flash_erase_bank(struct chip *chip, unsigned bank)
{
    uint32_t half = chip->device->flash.size / 2;

    if (!has_banks(chip)) {
        return false;
    }
    erase(chip, chip->device->flash.start + (bank == 2 ? half : 0), half);
    return true;
}
