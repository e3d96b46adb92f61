// target_rows.h: which rows of the table a bootloader without a product id can be.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_TARGET_ROWS_H
#define BOOTLEAP_HOST_TARGET_ROWS_H

#include "devices.h"
#include "memory_map.h"

#include <stdbool.h>

enum { TARGET_ROWS = 64 };

struct target_rows {
    const struct device *list[TARGET_ROWS];
    unsigned count;
};

// Whether a chip of this row with so much flash has just these pages, and a ROM on USB.
bool target_row_fits(const struct device *device, const struct memory_map *flash);

// All rows that fit, in the table's order.
void target_rows_find(struct target_rows *rows, const struct memory_map *flash);

// All rows with a ROM that tells a wrong map.
void target_rows_find_wrong(struct target_rows *rows);

// Whether this version of the row's ROM tells a wrong map. `id`: its ID byte.
bool target_row_tells_wrong(const struct device *device, uint8_t id);

// Leaves out the rows whose ROM takes more or less at once, or tells of more or fewer memories.
void target_rows_keep_like(struct target_rows *rows, uint32_t transfer_bytes, unsigned memories);

// Leaves out the rows whose option bytes are elsewhere, unless those are all rows, or nobody knows
// where they are.
void target_rows_keep_options(struct target_rows *rows, const struct memory_map *options);

// The pages of a row's largest chip.
void target_row_map(const struct device *device, struct memory_map *map);

#endif
