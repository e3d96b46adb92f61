// vector_table.h: finds the vector table that a reset takes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_VECTOR_TABLE_H
#define BOOTLEAP_CHECK_VECTOR_TABLE_H

#include "code_map.h"

struct vector_table {
    uint32_t address;
    uint32_t initial_sp, reset; // its first two words; the Thumb bit is taken off
    unsigned count;             // words that look like a handler or 0, from the first on
};

// False: the program has none.
bool vector_table_find(const struct code_map *map, struct vector_table *table);

// The handler in this word of the table at `table`; false: no code is there.
bool vector_table_handler(const struct code_map *map, uint32_t table, unsigned number,
                          uint32_t *handler);

#endif
