// flash_store.c: stores to flash: which of them a controller takes, and how it programs them.
// SPDX-License-Identifier: MIT
#include "flash_control.h"

#include "flash_cells.h"

#include <string.h>

static const struct region nothing = {0};

struct region flash_page_at(const struct chip *chip, uint32_t address)
{
    struct region page;
    unsigned number;

    return device_page(chip->device, address, &number, &page) ? page : nothing;
}

struct region flash_page_of(const struct chip *chip, uint32_t start, uint32_t number)
{
    for (const struct page_run *run = chip->device->pages; run->count; run++) {
        if (run->start + run->count * run->size <= start) {
            continue;
        }
        uint32_t skipped = run->start < start ? (start - run->start) / run->size : 0;
        if (number < run->count - skipped) {
            return (struct region){"page", run->start + (skipped + number) * run->size, run->size};
        }
        number -= run->count - skipped;
    }
    return nothing;
}

static bool program(struct flash_control *control, uint32_t address, const uint8_t *bytes,
                    uint32_t size)
{
    struct chip *chip = control->block->chip;
    uint8_t *cells = memory_at(&chip->memory, address, size);

    if (!cells || !flash_cells_program(chip, cells, bytes, size)) {
        return false;
    }
    chip_flash_changed(chip, address, size);
    flash_control_start(control, &nothing);
    return true;
}

static void program_unit(struct flash_control *control)
{
    control->filled = 0;
    if (!program(control, control->unit, control->bytes, control->row->unit)) {
        control->flags |= control->row->not_erased;
    }
}

void flash_control_force(struct flash_control *control)
{
    if (control->filled) {
        program_unit(control);
    }
}

// Whether the control register has chosen this width, where it chooses one; else whether the
// controller takes it.
static bool is_width_right(const struct flash_control *control, unsigned size)
{
    const struct flash_controller *row = control->row;
    uint32_t chosen = flash_control_bits(control) & row->width;

    if (!row->width) {
        return row->widths & size;
    }
    chosen /= row->width & -row->width;
    return chosen == 3 ? size == 4 : size == 1u << chosen;
}

// Units of stores of one width begin with their first bytes; those of any width are filled in any
// order, and may not be left for another.
static bool is_place_right(const struct flash_control *control, uint32_t address, unsigned size)
{
    const struct flash_controller *row = control->row;
    uint32_t unit = row->unit ? row->unit : size;
    bool same = address - control->unit < unit;

    if (address % size) {
        return false;
    }
    if (control->filled) {
        return same;
    }
    return row->widths & (row->widths - 1) || address % unit == 0;
}

static uint32_t faults_of(const struct flash_control *control, uint32_t address, unsigned size)
{
    const struct flash_controller *row = control->row;

    return (is_width_right(control, size) ? 0 : row->wrong_width) |
           (is_place_right(control, address, size) ? 0 : row->misaligned);
}

static void fill(struct flash_control *control, uint32_t address, unsigned size, uint32_t value)
{
    uint32_t unit = control->row->unit, offset = address % unit;

    if (!control->filled) {
        control->unit = address - offset;
        memset(control->bytes, control->block->chip->device->erased, sizeof control->bytes);
    }
    for (unsigned i = 0; i < size; i++) {
        control->bytes[offset + i] = (uint8_t)(value >> 8 * i);
        control->filled |= (uint64_t)1 << (offset + i);
    }
    if (__builtin_popcountll(control->filled) == (int)unit) {
        program_unit(control);
    }
}

static bool store_asked_for(struct flash_control *control, uint32_t address, unsigned size,
                            uint32_t value)
{
    const struct flash_controller *row = control->row;
    const uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                             (uint8_t)(value >> 24)};
    uint32_t wrong = faults_of(control, address, size);

    if (!is_width_right(control, size) && !row->wrong_width) {
        return false;
    }
    if (wrong) {
        control->flags |= wrong;
        control->filled = 0;
    } else if (row->unit) {
        fill(control, address, size, value);
    } else if (!program(control, address, bytes, size)) {
        control->flags |= row->not_erased;
    }
    return true;
}

bool flash_control_store(struct flash_control *control, uint32_t address, unsigned size,
                         uint32_t value)
{
    const struct flash_controller *row = control->row;
    uint32_t bits;

    flash_control_finish(control);
    bits = flash_control_bits(control);
    if (flash_control_is_locked(control) || (row->program && !(bits & row->program))) {
        control->flags |=
            row->out_of_order ? row->out_of_order | faults_of(control, address, size) : 0;
        return row->out_of_order;
    }
    if (row->page_erase && !row->start_bit && (bits & row->page_erase) == row->page_erase) {
        struct region page = flash_page_at(control->block->chip, address);
        flash_control_start(control, &page);
        return true;
    }
    if (flash_control_is_blocked(control)) {
        control->flags |= row->out_of_order;
        return true;
    }
    return store_asked_for(control, address, size, value);
}
