// second_rom_memory.c: what the second ROM's commands find at an address, and how flash changes.
// SPDX-License-Identifier: MIT
//
// AN3155 calls an address valid or not, and says no more. Here a frame's first address decides;
// what runs beyond the end of a memory is not stored, which is an error, and reads 0. A unit of
// flash that a write covers in part gets erased bytes for the rest of it.
#include "second_rom_inside.h"

#include <string.h>

enum { LARGEST_UNIT = 64, BROKEN = 0xEC };

static bool within(const struct second_rom_range *range, uint32_t address)
{
    return address >= range->start && address - range->start < range->size;
}

static const struct second_rom_cell *cell_at(const struct second_rom *rom, uint32_t address)
{
    for (int i = 0; i < SECOND_ROM_CELLS; i++) {
        const struct second_rom_cell *cell = &rom->config.cells[i];
        if (address >= cell->address && address - cell->address < cell->size) {
            return cell;
        }
    }
    return NULL;
}

static const uint8_t *option_at(const struct second_rom *rom, uint32_t address)
{
    for (int i = 0; i < SECOND_ROM_AREAS; i++) {
        const struct second_rom_options *area = &rom->options[i];
        if (address >= area->start && address - area->start < area->size) {
            return &area->bytes[address - area->start];
        }
    }
    return NULL;
}

// Between two banks there may be nothing.
static bool has_flash(const struct second_rom *rom, uint32_t address)
{
    for (int i = 0; i < SECOND_ROM_RUNS && rom->config.pages[i].count; i++) {
        const struct second_rom_pages *run = &rom->config.pages[i];
        if (address >= run->start && address - run->start < run->count * run->size) {
            return true;
        }
    }
    return false;
}

enum second_rom_place second_rom_place(const struct second_rom *rom, uint32_t address)
{
    if (has_flash(rom, address)) {
        return PLACE_FLASH;
    }
    if (within(&rom->config.ram, address)) {
        return PLACE_RAM;
    }
    if (option_at(rom, address)) {
        return PLACE_OPTIONS;
    }
    if (within(&rom->config.system_memory, address) || cell_at(rom, address)) {
        return PLACE_SYSTEM;
    }
    return PLACE_NOWHERE;
}

uint8_t second_rom_read(const struct second_rom *rom, uint32_t address)
{
    const struct second_rom_cell *cell = cell_at(rom, address);

    if (cell) {
        return (uint8_t)(cell->value >> 8 * (address - cell->address));
    }
    switch (second_rom_place(rom, address)) {
    case PLACE_FLASH:
        return rom->flash[address - rom->flash_start];
    case PLACE_RAM:
        return rom->ram[address - rom->config.ram.start];
    case PLACE_OPTIONS:
        return *option_at(rom, address);
    default:
        return 0;
    }
}

static bool may_change(const struct second_rom *rom, uint32_t address)
{
    for (int i = 0; i < SECOND_ROM_ALLOWED; i++) {
        if (within(&rom->config.allowed[i], address)) {
            return true;
        }
    }
    return false;
}

static void store(struct second_rom *rom, uint32_t offset, uint8_t value)
{
    if (rom->flash[offset] == value) {
        return;
    }
    rom->log.outside += !may_change(rom, rom->flash_start + offset);
    rom->flash[offset] = value;
    rom->changed_first = offset < rom->changed_first ? offset : rom->changed_first;
    rom->changed_last = offset >= rom->changed_last ? offset + 1 : rom->changed_last;
}

// Counts an operation. Of `bytes` it returns how many are done before the power fails.
static uint32_t operate(struct second_rom *rom, uint32_t bytes, uint64_t us)
{
    rom->log.operations++;
    rom->now_us += us;
    if (rom->cut_after && --rom->cut_after == 0) {
        rom->has_power = false;
        rom->answer_count = 0;
        return bytes / 2;
    }
    return bytes;
}

static const struct second_rom_pages *run_of(const struct second_rom *rom, unsigned number,
                                             uint32_t *offset)
{
    for (int i = 0; i < SECOND_ROM_RUNS && rom->config.pages[i].count; i++) {
        const struct second_rom_pages *run = &rom->config.pages[i];
        if (number >= run->first_number && number - run->first_number < run->count) {
            *offset = run->start - rom->flash_start + (number - run->first_number) * run->size;
            return run;
        }
    }
    return NULL;
}

static bool page_protected(const struct second_rom *rom, unsigned number)
{
    return number >= rom->protected_first && number - rom->protected_first < rom->protected_count;
}

static bool offset_protected(const struct second_rom *rom, uint32_t offset)
{
    uint32_t start = 0;

    for (unsigned i = 0; i < rom->protected_count; i++) {
        const struct second_rom_pages *run = run_of(rom, rom->protected_first + i, &start);
        if (run && offset >= start && offset - start < run->size) {
            return true;
        }
    }
    return false;
}

static void erase(struct second_rom *rom, uint32_t offset, uint32_t size, uint64_t us)
{
    uint32_t unit = rom->config.program_bytes;

    bool awaited = (rom->config.defects & SECOND_ROM_ERASE_NOT_AWAITED) == 0;

    rom->log.erases++;
    uint32_t done = operate(rom, size, awaited ? us : 0);
    rom->flash_free_us = awaited ? 0 : rom->now_us + us;
    for (uint32_t i = 0; i < done; i++) {
        store(rom, offset + i, rom->config.erased);
    }
    for (uint32_t i = 0; i < done / unit; i++) {
        rom->unit_taken[offset / unit + i] = false;
    }
}

// AN3155 gives no error for a protected page, nor for one that does not exist.
void second_rom_erase_page(struct second_rom *rom, unsigned number)
{
    uint32_t offset;
    const struct second_rom_pages *run = run_of(rom, number, &offset);

    if (run == NULL || !rom->has_power) {
        return;
    }
    if (page_protected(rom, number) || rom->now_us < rom->flash_free_us) {
        rom->log.refused++;
        return;
    }
    erase(rom, offset, run->size, run->erase_us);
}

bool second_rom_in_second_bank(const struct second_rom *rom, unsigned number)
{
    uint32_t offset;

    return rom->config.bank_bytes && run_of(rom, number, &offset) &&
           offset >= rom->config.bank_bytes;
}

bool second_rom_erase_bank(struct second_rom *rom, unsigned bank)
{
    uint32_t half = rom->config.bank_bytes;
    uint64_t us = rom->config.pages[0].erase_us;

    if (bank > 0 && half == 0) {
        return false;
    }
    uint32_t offset;
    bool is_protected = rom->protected_count && run_of(rom, rom->protected_first, &offset);

    if (is_protected) {
        rom->log.refused++;
    } else if (bank == 0) {
        erase(rom, 0, rom->flash_size, us);
    } else if (bank == 1) {
        erase(rom, 0, half, us);
    } else {
        erase(rom, half, rom->flash_size - half, us);
    }
    return true;
}

static bool unit_erased(const struct second_rom *rom, uint32_t offset)
{
    for (uint32_t i = 0; i < rom->config.program_bytes; i++) {
        if (rom->flash[offset + i] != rom->config.erased) {
            return false;
        }
    }
    return !rom->unit_taken[offset / rom->config.program_bytes];
}

// A unit that is not erased, and a write to it that would be an error: all zeros never are, and
// where an error code is what breaks, neither is what is there already.
static bool conflicts(const struct second_rom *rom, uint32_t offset, const uint8_t *bytes)
{
    static const uint8_t zeros[LARGEST_UNIT];
    uint32_t unit = rom->config.program_bytes;

    if (unit_erased(rom, offset) || rom->config.rewrite == SECOND_ROM_ANDS) {
        return false;
    }
    return memcmp(bytes, rom->config.rewrite == SECOND_ROM_BREAKS ? rom->flash + offset : zeros,
                  unit) != 0;
}

static bool program_unit(struct second_rom *rom, uint32_t offset, const uint8_t *bytes)
{
    uint32_t unit = rom->config.program_bytes;
    bool conflict = conflicts(rom, offset, bytes);
    bool breaks = conflict && rom->config.rewrite == SECOND_ROM_BREAKS;

    if ((conflict && !breaks) || offset_protected(rom, offset)) {
        rom->log.refused++;
        return false;
    }
    rom->log.programmed++;
    rom->unit_taken[offset / unit] = true;
    uint32_t done = operate(rom, unit, rom->config.program_us);
    for (uint32_t i = 0; i < done; i++) {
        uint8_t was = rom->flash[offset + i];
        uint8_t both = rom->config.erased ? was & bytes[i] : was | bytes[i];
        store(rom, offset + i, breaks ? BROKEN : both);
    }
    return true;
}

static bool program(struct second_rom *rom, uint32_t offset, const uint8_t *bytes, size_t size)
{
    uint32_t unit = rom->config.program_bytes;
    uint8_t whole[LARGEST_UNIT];
    bool loses = rom->has_read && rom->config.defects & SECOND_ROM_READ_LOSES_UNIT;
    uint32_t first = offset - offset % unit + (loses ? unit : 0);

    rom->has_read = false;
    if (rom->now_us < rom->flash_free_us) {
        rom->log.refused++;
        return true;
    }
    for (uint32_t at = first; at < offset + size && rom->has_power; at += unit) {
        for (uint32_t i = 0; i < unit; i++) {
            bool named = at + i >= offset && at + i < offset + size;
            whole[i] = named ? bytes[at + i - offset] : rom->config.erased;
        }
        if (at >= rom->flash_size || !program_unit(rom, at, whole)) {
            return false;
        }
    }
    return true;
}

static bool store_in_ram(struct second_rom *rom, uint32_t address, const uint8_t *bytes,
                         size_t size)
{
    bool corrupts = rom->config.defects & SECOND_ROM_CORRUPTS_RAM;

    for (size_t i = 0; i < size; i++) {
        if (!within(&rom->config.ram, address + (uint32_t)i)) {
            return false;
        }
        bool wrong = corrupts && i % 4 == 0;
        rom->ram[address + i - rom->config.ram.start] = wrong ? (uint8_t)~bytes[i] : bytes[i];
    }
    return true;
}

static void put_option(struct second_rom *rom, uint32_t address, uint8_t value)
{
    for (int i = 0; i < SECOND_ROM_AREAS; i++) {
        struct second_rom_options *area = &rom->options[i];
        if (address >= area->start && address - area->start < area->size) {
            area->bytes[address - area->start] = value;
        }
    }
}

bool second_rom_write(struct second_rom *rom, uint32_t address, const uint8_t *bytes, size_t size)
{
    switch (second_rom_place(rom, address)) {
    case PLACE_FLASH:
        return program(rom, address - rom->flash_start, bytes, size);
    case PLACE_RAM:
        return store_in_ram(rom, address, bytes, size);
    case PLACE_OPTIONS:
        rom->log.option_writes++;
        for (size_t i = 0; i < size; i++) {
            put_option(rom, address + (uint32_t)i, bytes[i]);
        }
        return true;
    default:
        return false;
    }
}

const uint8_t *second_rom_flash(const struct second_rom *rom, uint32_t address, size_t size)
{
    uint32_t offset = address - rom->flash_start;

    return offset < rom->flash_size && size <= rom->flash_size - offset ? rom->flash + offset
                                                                        : NULL;
}
