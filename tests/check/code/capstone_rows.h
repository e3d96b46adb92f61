// capstone_rows.h: encodings that Capstone and this project's decoder read differently, and why.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CAPSTONE_ROWS_H
#define BOOTLEAP_TESTS_CAPSTONE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct capstone_row {
    uint16_t first_mask, first, second_mask, second; // encodings
    bool differs;               // ... whose second halfword is another one under that mask
    const char *own, *capstone; // how both texts begin; "": however
    const char *why;
};

extern const struct capstone_row capstone_rows[];
extern const size_t capstone_row_count;

// The number of the row that explains it; capstone_row_count: none does.
size_t capstone_row_find(unsigned first, unsigned second, const char *own, const char *capstone);

#endif
