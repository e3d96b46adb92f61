// target_rows.h: which rows of the table a bootloader without a product id can be.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_TARGET_ROWS_H
#define BOOTLEAP_CLI_TARGET_ROWS_H

#include "devices.h"
#include "memory_map.h"

#include <stdbool.h>

// How well a row fits the map of the flash. A ROM may tell a wrong one.
enum row_fit {
    ROW_HAS_PAGES, // chips of this size have just these pages
    ROW_HAS_SIZE,  // there are chips of this size
    ROW_HAS_USB,   // any row whose ROM has USB
    ROW_FITS
};

enum { TARGET_ROWS = 64 };

struct target_rows {
    const struct device *list[TARGET_ROWS];
    unsigned count;
};

bool target_row_fits(const struct device *device, const struct memory_map *flash, enum row_fit fit);

// All rows that fit, in the table's order.
void target_rows_find(struct target_rows *rows, const struct memory_map *flash, enum row_fit fit);

// Leaves out the rows whose ROM takes more or less at once, or tells of more or fewer memories.
void target_rows_keep_like(struct target_rows *rows, uint32_t transfer_bytes, unsigned memories);

// Leaves out the rows whose option bytes are elsewhere, unless those are all rows, or nobody knows
// where they are.
void target_rows_keep_options(struct target_rows *rows, const struct memory_map *options);

// The pages of a row's largest chip.
void target_row_map(const struct device *device, struct memory_map *map);

#endif
