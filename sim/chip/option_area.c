// option_area.c: fills option bytes by the row, and tells what they protect.
// SPDX-License-Identifier: MIT
#include "option_area.h"

#include "option_store.h"

#include <string.h>

enum { RANGES = 64, BYTE_BITS = 8, WORD_BYTES = 4 };

static uint8_t *byte_at(struct flash_state *state, unsigned area, uint32_t address)
{
    struct flash_state_area *one = &state->areas[area];

    return address - one->start < one->size ? &one->bytes[address - one->start] : NULL;
}

// Areas may share bytes: each of them gets the bits.
static bool put_bits(struct flash_state *state, uint32_t address, uint32_t mask, uint32_t bits)
{
    bool found = false;

    for (unsigned area = 0; area < state->count; area++) {
        for (unsigned i = 0; i < WORD_BYTES; i++) {
            uint8_t *byte = byte_at(state, area, address + i);
            uint8_t changed = (uint8_t)(mask >> (BYTE_BITS * i));
            if (byte && changed) {
                *byte = (uint8_t)((*byte & ~changed) | (bits >> (BYTE_BITS * i) & changed));
                found = true;
            }
        }
    }
    return found;
}

static uint32_t lowest_bit(uint32_t mask)
{
    return mask & (~mask + 1);
}

void option_area_put_size(struct flash_state *state, const struct device *device, unsigned content)
{
    put_bits(state, device->flash_size_register, 0xFFFF, content);
}

static void put_size(struct flash_state *state, const struct device *device, unsigned kb)
{
    const struct size_code *code = device->size_codes;

    while (code->kb && code->kb != kb) {
        code++;
    }
    option_area_put_size(state, device, code->kb ? code->code : kb);
}

static void put_unprotected(struct flash_state *state, const struct write_protection *one)
{
    if (one->kind == PROTECTION_BITS) {
        uint32_t mask = (uint32_t)(((uint64_t)1 << one->count) - 1) << one->first;
        put_bits(state, one->address, mask, one->protects ? 0 : mask);
    } else {
        put_bits(state, one->address, one->start_mask | one->end_mask, one->start_mask);
    }
}

static void put_factory_layout(struct flash_state *state, const struct device *device, unsigned kb)
{
    const struct chip_layout *layout = device->layouts;

    while (layout->kb && layout->kb != kb) {
        layout++;
    }
    put_bits(state, layout->condition.address, layout->condition.mask, layout->condition.value);
}

// From the last one on: what counts with a factory's bits is there first, and so is put last.
static void put_no_protection(struct flash_state *state, const struct device *device)
{
    const struct write_protection *one = device->write_protections;

    while (one->name) {
        one++;
    }
    while (one-- != device->write_protections) {
        put_bits(state, one->condition.address, one->condition.mask, one->condition.value);
        put_unprotected(state, one);
    }
}

static void add_area(struct flash_state *state, uint32_t start, uint32_t size)
{
    if (state->count < FLASH_STATE_AREAS) {
        struct flash_state_area *one = &state->areas[state->count++];
        one->start = start;
        one->size = size;
        memset(one->bytes, 0xFF, sizeof one->bytes);
    }
}

// What a chip of the factory has at 0 although it protects something at 1.
static void put_unlocked(struct flash_state *state, const struct device *device)
{
    const struct option_layout *layout = device->option_layout;

    for (const struct option_field *field = layout ? layout->fields : NULL; field && field->name;
         field++) {
        bool locks = field->risk == OPTION_RISK_FOREVER && !strstr(field->name, "UNLOCK") &&
                     field->address != device->readout_protection.address;
        bool ends = field->risk == OPTION_RISK_PCROP && strstr(field->name, "_END");
        if (locks || ends || field->risk == OPTION_RISK_SECURE) {
            put_bits(state, field->address, field->mask, 0);
        }
    }
}

void option_area_fill(struct flash_state *state, const struct device *device, unsigned kb)
{
    const struct readout_protection *readout = &device->readout_protection;

    *state = (struct flash_state){0};
    for (const struct read_area *area = device->readable; area->size; area++) {
        add_area(state, area->start, area->size);
    }
    for (const struct option_area *area = device->option_layout ? device->option_layout->areas
                                                                : NULL;
         area && area->size; area++) {
        add_area(state, area->start, area->size);
    }
    put_unlocked(state, device);
    put_size(state, device, kb);
    put_bits(state, readout->address, readout->mask, readout->level_0 * lowest_bit(readout->mask));
    put_bits(state, device->bank_swap.address, device->bank_swap.mask, ~device->bank_swap.value);
    put_no_protection(state, device);
    put_factory_layout(state, device, kb);
    option_store_show(state, device);
}

bool option_area_put(struct flash_state *state, const struct device *device, uint32_t address,
                     uint32_t word)
{
    bool found = put_bits(state, address, UINT32_MAX, word);

    option_store_show(state, device);
    return found;
}

void option_area_put_bits(struct flash_state *state, const struct device *device, uint32_t address,
                          uint32_t mask, uint32_t bits)
{
    put_bits(state, address, mask, bits);
    option_store_show(state, device);
}

void option_area_unprotect(struct flash_state *state, const struct device *device,
                           const struct write_protection *one)
{
    put_unprotected(state, one);
    option_store_show(state, device);
}

void option_area_spread(struct flash_state *state, const struct device *device,
                        const struct option_area *area)
{
    for (unsigned i = 0; i < state->count; i++) {
        if (state->areas[i].start == area->start && state->areas[i].size == area->size) {
            for (uint32_t k = 0; k < area->size; k++) {
                uint8_t byte = state->areas[i].bytes[k];
                put_bits(state, area->start + k, 0xFF, byte);
            }
        }
    }
    option_store_show(state, device);
}

bool option_area_refuses(const struct chip *chip, uint32_t address)
{
    const struct flash_state_area *first = &chip->option_area.areas[0];

    return address == chip->device->flash_size_register && address > first->start &&
           address - first->start < first->size;
}

const uint8_t *option_area_at(const struct chip *chip, uint32_t address, uint32_t size)
{
    for (unsigned i = 0; i < chip->option_area.count; i++) {
        const struct flash_state_area *area = &chip->option_area.areas[i];
        uint32_t offset = address - area->start;
        if (offset < area->size && area->size - offset >= size) {
            return area->bytes + offset;
        }
    }
    return NULL;
}

int option_area_level(const struct chip *chip)
{
    switch (flash_state_readout(&chip->option_area, chip->device)) {
    case READOUT_LEVEL_1:
        return 1;
    case READOUT_LEVEL_2:
        return 2;
    default:
        return 0;
    }
}

bool option_area_protects(const struct chip *chip, uint32_t address, uint32_t size)
{
    struct region ranges[RANGES];
    struct flash_layout layout;
    bool known;

    flash_layout_of_row(&layout, chip->device);
    size_t count =
        flash_state_protected(&chip->option_area, chip->device, &layout, ranges, RANGES, &known);
    for (size_t i = 0; i < count; i++) {
        if (address < ranges[i].start + ranges[i].size && ranges[i].start < address + size) {
            return true;
        }
    }
    return false;
}
