// request_place.c: says by the row and by the walk whether a place keeps a request over a reset.
// SPDX-License-Identifier: MIT
#include "request_place.h"

enum { BIT_BAND_BITS = 32, PERIPHERALS = 0x40000000, BIT_BAND = 0x42000000, BIT_BANDED = 0x100000 };

static bool is_in(const struct region *region, uint32_t address)
{
    return address - region->start < region->size;
}

static const struct ram *find_ram(const struct device *device, uint32_t address)
{
    for (const struct ram *ram = device->rams; ram && ram->region.size; ram++) {
        if (is_in(&ram->region, address) ||
            (ram->also_at && address - ram->also_at < ram->region.size)) {
            return ram;
        }
    }
    return NULL;
}

enum place request_place(const struct device *device, const struct request *request,
                         const struct ram **ram)
{
    *ram = find_ram(device, request->address);
    if (*ram) {
        return PLACE_RAM;
    }
    if (device->backup && request->address - device->backup < device->backup_size) {
        return PLACE_BACKUP;
    }
    if (device->unlisted || !device->rams || !device->rams->region.size) {
        return PLACE_UNKNOWN;
    }
    return PLACE_NOWHERE;
}

// The bits of `mask` in the word that a store leaves: as far as they are known.
static enum whether bits_of(const struct value *value, uint32_t mask)
{
    if ((value->bits & mask) == mask) {
        return WHETHER_YES;
    }
    return (value->known & ~value->bits & mask) ? WHETHER_NO : WHETHER_UNKNOWN;
}

// Where a bit of the first megabyte of peripherals is a word of its own (Armv7-M, "Optional
// bit-band regions").
static uint32_t bit_band_word(uint32_t address, uint32_t mask)
{
    uint32_t bit = 0;

    while (bit < BIT_BAND_BITS - 1 && !(mask >> bit & 1)) {
        bit++;
    }
    return BIT_BAND + (address - PERIPHERALS) * BIT_BAND_BITS + 4 * bit;
}

static bool is_one_bit(uint32_t mask)
{
    return mask && !(mask & (mask - 1));
}

static enum whether after_reset(const struct device *device, uint32_t address, uint32_t mask)
{
    for (const struct register_reset *reset = device->rcc_registers; reset && reset->name;
         reset++) {
        if (reset->address == address) {
            return (reset->value & mask) == mask ? WHETHER_YES : WHETHER_NO;
        }
    }
    return WHETHER_NO;
}

// What this store leaves of the bits: WHETHER_UNKNOWN also where it is to another register.
static enum whether bits_left(const struct event *event, uint32_t address, uint32_t mask,
                              uint32_t alias)
{
    if (event->kind == EVENT_STORE && event->address == address) {
        return bits_of(&event->value, mask);
    }
    if (event->kind == EVENT_STORE && alias && event->address == alias) {
        return bits_of(&event->value, 1);
    }
    return WHETHER_UNKNOWN;
}

enum whether request_bits_set(const struct device *device, const struct event *events,
                              unsigned number, enum entry_origin origin, uint32_t address,
                              uint32_t mask)
{
    bool bit_band =
        device->bit_band && is_one_bit(mask) && address - PERIPHERALS < (uint32_t)BIT_BANDED;
    uint32_t alias = bit_band ? bit_band_word(address, mask) : 0;

    bool followed = true;

    // Bits that are not known in a store are what was read before: an earlier store tells.
    for (const struct event *event = events; event; event = event->before) {
        enum whether left =
            event->number > number ? WHETHER_UNKNOWN : bits_left(event, address, mask, alias);
        if (left != WHETHER_UNKNOWN) {
            return left;
        }
        followed &= event->kind != EVENT_UNKNOWN && event->kind != EVENT_WIDENED;
    }
    enum whether reset = after_reset(device, address, mask);

    // What a reset leaves on, programs leave on.
    return reset == WHETHER_YES || (origin == ORIGIN_RESET && followed) ? reset : WHETHER_UNKNOWN;
}

const struct register_write *request_clock_off(const struct device *device,
                                               const struct event *check)
{
    const struct register_write *clock = device->backup_clocks;

    for (; check && clock && clock->name; clock++) {
        if (request_bits_set(device, check, check->number, ORIGIN_RESET, clock->address,
                             clock->value) == WHETHER_NO) {
            return clock;
        }
    }
    return NULL;
}

// A call after the store pushes registers, and so writes the RAM that has the stack. The walk of an
// application does not know where that is.
static bool calls_later(const struct request *request)
{
    for (const struct event *event = request->site->events; event; event = event->before) {
        if (event->number <= request->stored->number) {
            break;
        }
        if (event->kind == EVENT_CALL) {
            return true;
        }
    }
    return false;
}

// The last store to another unit of this RAM; NULL: there is none.
static const struct word *last_elsewhere(const struct ram *ram, const struct request *request,
                                         uint32_t unit)
{
    uint32_t address = ram->region.start;
    const struct word *word, *last = NULL;

    while ((word = memory_next(&request->site->memory, &address)) && is_in(&ram->region, address)) {
        if (address - unit >= ram->ecc_bytes && (!last || request_is_later(word, last))) {
            last = word;
        }
        address += 4;
    }
    return last;
}

// Whether all of the unit was written since the last store to another one, which wrote out what
// was there before.
static bool is_whole(const struct ram *ram, const struct request *request, uint32_t unit)
{
    const struct word *last = last_elsewhere(ram, request, unit);

    for (uint32_t address = unit; address - unit < ram->ecc_bytes; address += 4) {
        const struct word *word = memory_word(&request->site->memory, address);
        if (!word || (last && !request_is_later(word, last))) {
            return false;
        }
    }
    return true;
}

bool request_is_lost_by_ecc(const struct ram *ram, const struct request *request,
                            uint32_t initial_sp)
{
    if (!ram->ecc_bytes || !request->stored) {
        return false;
    }
    uint32_t unit = request->address - (request->address - ram->region.start) % ram->ecc_bytes;

    const struct word *last = last_elsewhere(ram, request, unit);

    if (last && request_is_later(last, request->stored)) {
        return false;
    }
    if (request->site->origin == ORIGIN_APPLICATION && is_in(&ram->region, initial_sp - 4) &&
        calls_later(request)) {
        return false;
    }
    return ram->loses_last || !is_whole(ram, request, unit);
}
