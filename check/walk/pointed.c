// pointed.c: looks for words and MOVW instructions that hold addresses of functions.
// SPDX-License-Identifier: MIT
#include "pointed.h"

#include <stdlib.h>
#include <string.h>

enum { HALVES = 0x10000, HALVES_BYTES = HALVES / 8 };

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

static bool add_words(struct reach *reach, const struct firmware *firmware,
                      const struct code_region *region)
{
    uint32_t word;

    for (uint32_t at = (4 - region->address % 4) % 4; at + 4 <= region->size; at += 4) {
        memcpy(&word, &region->bytes[at], sizeof word);
        if (word & 1 && !is_vector(firmware, region->address + at) &&
            is_start(firmware, word - 1) && !reach_add(reach, word - 1)) {
            return false;
        }
    }
    return true;
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

static bool add_halves(struct reach *reach, const struct firmware *firmware, const uint8_t *halves)
{
    for (size_t i = 0; i < firmware->start_count; i++) {
        uint32_t half = (firmware->starts[i] | 1) & (HALVES - 1);
        if (halves[half / 8] >> half % 8 & 1 && !reach_add(reach, firmware->starts[i])) {
            return false;
        }
    }
    return true;
}

bool pointed_add(struct reach *reach, const struct firmware *firmware)
{
    uint8_t *halves = calloc(HALVES_BYTES, 1);
    bool fine = halves != NULL;

    for (size_t i = 0; fine && i < firmware->map.count; i++) {
        note_halves(&firmware->map.regions[i], halves);
        fine = add_words(reach, firmware, &firmware->map.regions[i]);
    }
    fine = fine && add_halves(reach, firmware, halves);
    free(halves);
    return fine;
}
