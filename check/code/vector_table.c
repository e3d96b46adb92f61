// vector_table.c: finds the vector table that a reset takes: the first one in flash.
// SPDX-License-Identifier: MIT
//
// The core loads SP from word 0 and the first PC from word 1 (Armv6-M, Armv7-M and Armv8-M alike).
// A table begins a part of the program, or stands behind the header of a loader's image: there NMI
// and HardFault must have handlers, too. Programs that a loader copies have theirs in RAM.
#include "vector_table.h"

// NMI and HardFault are words 2 and 3. VTOR has at least 7 bits that are 0. There are at most 496
// interrupts (Armv7-M Architecture Reference Manual, B1.5.2, B3.2.5).
enum { WORD_NMI = 2, WORD_HARD_FAULT, ALIGNMENT = 128, MOST_WORDS = 16 + 496 };

static bool word_of(const struct code_map *map, uint32_t table, unsigned number, uint32_t *word)
{
    const uint8_t *bytes = code_map_bytes(map, table + number * 4, 4);

    if (!bytes) {
        return false;
    }
    *word =
        bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    return true;
}

static bool is_handler(const struct code_map *map, uint32_t word)
{
    return word % 2 == 1 && code_map_is_code(map, word - 1);
}

static bool has_handler(const struct code_map *map, uint32_t table, unsigned number)
{
    uint32_t handler;

    return vector_table_handler(map, table, number, &handler);
}

// A stack grows down: it may start at the end of a RAM, not at its first byte.
static bool has_stack(const struct code_map *map, uint32_t table)
{
    uint32_t word;

    return word_of(map, table, 0, &word) && word % 4 == 0 && address_is_ram(word - 4);
}

static bool is_table(const struct code_map *map, uint32_t table, bool begins)
{
    return has_stack(map, table) && has_handler(map, table, 1) &&
           (begins ||
            (has_handler(map, table, WORD_NMI) && has_handler(map, table, WORD_HARD_FAULT)));
}

static bool find_in_region(const struct code_map *map, const struct code_region *region,
                           uint32_t *table)
{
    if (is_table(map, region->address, true)) {
        *table = region->address;
        return true;
    }
    for (uint64_t at = (region->address / ALIGNMENT + 1ull) * ALIGNMENT;
         at < (uint64_t)region->address + region->size; at += ALIGNMENT) {
        if (is_table(map, (uint32_t)at, false)) {
            *table = (uint32_t)at;
            return true;
        }
    }
    return false;
}

static bool find(const struct code_map *map, bool in_ram, uint32_t *table)
{
    for (size_t i = 0; i < map->count; i++) {
        if (address_is_ram(map->regions[i].address) == in_ram &&
            find_in_region(map, &map->regions[i], table)) {
            return true;
        }
    }
    return false;
}

static unsigned count_words(const struct code_map *map, uint32_t table)
{
    unsigned count = 2;
    uint32_t word;

    while (count < MOST_WORDS && word_of(map, table, count, &word) &&
           (word == 0 || is_handler(map, word))) {
        count++;
    }
    return count;
}

bool vector_table_find(const struct code_map *map, struct vector_table *table)
{
    if (!find(map, false, &table->address) && !find(map, true, &table->address)) {
        return false;
    }
    word_of(map, table->address, 0, &table->initial_sp);
    word_of(map, table->address, 1, &table->reset);
    table->reset &= ~1u;
    table->count = count_words(map, table->address);
    return true;
}

bool vector_table_handler(const struct code_map *map, uint32_t table, unsigned number,
                          uint32_t *handler)
{
    uint32_t word;

    if (!word_of(map, table, number, &word) || !is_handler(map, word)) {
        return false;
    }
    *handler = word - 1;
    return true;
}
