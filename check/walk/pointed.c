// pointed.c: looks for words and MOVW instructions that hold addresses of functions.
// SPDX-License-Identifier: MIT
#include "pointed.h"

#include <stdlib.h>

// Who is told, and of which addresses that stand in words.
struct listener {
    const struct firmware *firmware;
    bool (*add)(void *context, uint32_t address);
    void *context;
    uint32_t first, end;
};

enum { HALVES = 0x10000, HALVES_BYTES = HALVES / 8, LITERAL_REACH = 4096 + 4, CALL_WITHIN = 8 };

static int compare(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return one < other ? -1 : one > other;
}

static bool is_start(const struct firmware *firmware, uint32_t address)
{
    return bsearch(&address, firmware->starts, firmware->start_count, sizeof address, compare);
}

static uint32_t read_half(const struct code_region *region, uint32_t at)
{
    return region->bytes[at] | (uint32_t)region->bytes[at + 1] << 8;
}

// The hardware reads a vector table, and no call goes through it.
static bool is_vector(const struct firmware *firmware, uint32_t address)
{
    return firmware->has_vectors &&
           address - firmware->vectors < 4 * (uint32_t)firmware->vector_count;
}

// Whether one of the instructions behind a load of Rt, few bytes on, is BX or BLX Rt.
static bool is_called(const struct code_region *region, uint32_t at, unsigned rt)
{
    for (uint32_t next = at; next < at + CALL_WITHIN && next + 2 <= region->size; next += 2) {
        if ((read_half(region, next) & 0xFF7F) == (0x4700 | rt << 3)) {
            return true;
        }
    }
    return false;
}

// LDR Rt, [PC, #n], encodings T1 and T2 (Armv7-M ARM, A7.7.44). False: it is something else.
static bool loads_literal(const struct code_region *region, uint32_t at, uint32_t literal,
                          unsigned *rt, unsigned *size)
{
    uint32_t first = read_half(region, at), from = (region->address + at + 4) & ~UINT32_C(3);

    if ((first & 0xF800) == 0x4800) {
        *rt = first >> 8 & 7;
        *size = 2;
        return from + 4 * (first & 0xFF) == literal;
    }
    if (first == 0xF8DF && at + 4 <= region->size) {
        *rt = read_half(region, at + 2) >> 12;
        *size = 4;
        return from + (read_half(region, at + 2) & 0xFFF) == literal;
    }
    return false;
}

// Whether the word is a literal that is loaded to be called at once, and for nothing else: that is
// a call of whoever loads it, and no pointer.
static bool is_call(const struct code_region *region, uint32_t literal)
{
    uint32_t end = literal - region->address, start = end > LITERAL_REACH ? end - LITERAL_REACH : 0;
    unsigned loads = 0, rt, size;

    for (uint32_t at = start + (region->address + start) % 2; at + 2 <= end; at += 2) {
        if (loads_literal(region, at, literal, &rt, &size)) {
            loads++;
            if (!is_called(region, at + size, rt)) {
                return false;
            }
        }
    }
    return loads > 0;
}

static bool add_start(void *context, const struct code_region *region, uint32_t at, uint32_t word)
{
    const struct listener *listener = context;
    const struct firmware *firmware = listener->firmware;

    return !(word & 1) || !is_start(firmware, word - 1) ||
           is_vector(firmware, region->address + at) || is_call(region, region->address + at) ||
           listener->add(listener->context, word - 1);
}

// The immediate of MOVW, encoding T3 (Armv7-M ARM, A7.7.76).
static void note_halves(const struct code_region *region, uint8_t *halves)
{
    for (uint32_t at = 0; at + 4 <= region->size; at += 2) {
        uint32_t first = read_half(region, at), second = read_half(region, at + 2);
        if ((first & 0xFBF0) == 0xF240 && !(second & 0x8000)) {
            uint32_t number = (first & 15) << 12 | (first >> 10 & 1) << 11 |
                              (second >> 12 & 7) << 8 | (second & 0xFF);
            halves[number / 8] |= (uint8_t)(1u << number % 8);
        }
    }
}

static bool add_halves(const struct listener *listener, const uint8_t *halves)
{
    const struct firmware *firmware = listener->firmware;

    for (size_t i = 0; i < firmware->start_count; i++) {
        uint32_t half = (firmware->starts[i] | 1) & (HALVES - 1);
        if (halves[half / 8] >> half % 8 & 1 &&
            !listener->add(listener->context, firmware->starts[i])) {
            return false;
        }
    }
    return true;
}

bool pointed_each(const struct firmware *firmware, bool (*add)(void *context, uint32_t start),
                  void *context)
{
    struct listener listener = {.firmware = firmware, .add = add, .context = context};
    uint8_t *halves = calloc(HALVES_BYTES, 1);
    bool fine = halves != NULL;

    for (size_t i = 0; fine && i < firmware->map.count; i++) {
        note_halves(&firmware->map.regions[i], halves);
    }
    fine = fine && code_map_words(&firmware->map, add_start, &listener) &&
           add_halves(&listener, halves);
    free(halves);
    return fine;
}

static bool add_within(void *context, const struct code_region *region, uint32_t at, uint32_t word)
{
    const struct listener *listener = context;
    uint32_t target = word & ~UINT32_C(1);

    (void)region;
    (void)at;
    return target < listener->first || target >= listener->end ||
           listener->add(listener->context, target);
}

bool pointed_within(const struct firmware *firmware, uint32_t first, uint32_t end,
                    bool (*add)(void *context, uint32_t address), void *context)
{
    struct listener listener = {firmware, add, context, first, end};

    return code_map_words(&firmware->map, add_within, &listener);
}
