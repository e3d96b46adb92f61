// option_store.c: reads and writes values with their complements.
// SPDX-License-Identifier: MIT
#include "option_store.h"

#include <string.h>

enum { WORD_BYTES = 4 };

// Bytes of a value, behind which its complement stands; 0: there is none.
static uint32_t value_bytes(enum option_store store)
{
    switch (store) {
    case OPTION_STORE_BYTE_PAIRS:
        return 1;
    case OPTION_STORE_HALF_WORDS:
        return 2;
    case OPTION_STORE_WORDS:
        return WORD_BYTES;
    default:
        return 0;
    }
}

// The bytes from `address` on in the area of the state that begins there.
static uint8_t *bytes_at(struct flash_state *state, const struct option_area *area)
{
    for (unsigned i = 0; i < state->count; i++) {
        if (state->areas[i].start == area->start && state->areas[i].size == area->size) {
            return state->areas[i].bytes;
        }
    }
    return NULL;
}

const struct option_area *option_store_area(const struct device *device, uint32_t address)
{
    const struct option_area *area = device->option_layout ? device->option_layout->areas : NULL;

    while (area && area->size && area->start != address) {
        area++;
    }
    return area && area->size ? area : NULL;
}

// Copies what is in force to where it is written: one word behind it.
static void show_next(uint8_t *bytes, const struct option_area *area, const struct device *device)
{
    for (const struct option_field *field = device->option_layout->fields; field->name; field++) {
        uint32_t offset = field->address - area->start;
        if (offset < area->size && area->size - offset >= 2 * WORD_BYTES) {
            memcpy(bytes + offset + WORD_BYTES, bytes + offset, WORD_BYTES);
        }
    }
}

static void show(uint8_t *bytes, const struct option_area *area)
{
    uint32_t size = value_bytes(area->store);

    for (uint32_t i = 0; size && i + 2 * size <= area->size; i++) {
        if (i / size % 2 == 0) {
            bytes[i + size] = (uint8_t)~bytes[i];
        }
    }
}

void option_store_show(struct flash_state *state, const struct device *device)
{
    const struct option_area *area = device->option_layout ? device->option_layout->areas : NULL;

    for (; area && area->size; area++) {
        uint8_t *bytes = bytes_at(state, area);
        if (bytes && area->store == OPTION_STORE_NEXT_WORD) {
            show_next(bytes, area, device);
        } else if (bytes) {
            show(bytes, area);
        }
    }
}

static void take_next(uint8_t *place, const struct option_area *area, const struct device *device,
                      const uint8_t *bytes, uint32_t size)
{
    for (const struct option_field *field = device->option_layout->fields; field->name; field++) {
        uint32_t offset = field->address - area->start;
        if (offset < area->size && offset + 2 * WORD_BYTES <= size) {
            memcpy(place + offset, bytes + offset + WORD_BYTES, WORD_BYTES);
        }
    }
}

static bool take_pairs(uint8_t *place, const struct option_area *area, const uint8_t *bytes,
                       uint32_t size)
{
    uint32_t unit = value_bytes(area->store);
    bool all = true;

    for (uint32_t at = 0; at + 2 * unit <= size; at += 2 * unit) {
        bool fits = true;
        for (uint32_t i = 0; i < unit; i++) {
            fits = fits && (bytes[at + i] ^ bytes[at + unit + i]) == 0xFF;
        }
        memcpy(place + at, bytes + at, unit);
        if (!fits) {
            memset(place + at, 0xFF, unit);
        }
        all = all && fits;
    }
    return all;
}

bool option_store_take(struct flash_state *state, const struct device *device,
                       const struct option_area *area, const uint8_t *bytes, uint32_t size,
                       bool *fits)
{
    uint8_t *place = bytes_at(state, area);

    *fits = true;
    if (!place || area->store == OPTION_STORE_READ_ONLY || size > area->size) {
        return false;
    }
    if (area->store == OPTION_STORE_NEXT_WORD) {
        take_next(place, area, device, bytes, size);
    } else if (value_bytes(area->store)) {
        // The flash controller of these computes the complements itself (RM0444 Rev 5, page 90).
        bool own = area->store == OPTION_STORE_WORDS;
        bool all = take_pairs(place, area, bytes, size);
        *fits = all || own;
        for (uint32_t at = 0; own && at + WORD_BYTES <= size; at += 2 * WORD_BYTES) {
            memcpy(place + at, bytes + at, WORD_BYTES);
        }
    } else {
        memcpy(place, bytes, size);
    }
    return true;
}
