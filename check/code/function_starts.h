// function_starts.h: finds where functions begin.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_FUNCTION_STARTS_H
#define BOOTLEAP_CHECK_FUNCTION_STARTS_H

#include "code_map.h"
#include "code_scan.h"
#include "image.h"
#include "vector_table.h"

// What tells of functions.
struct function_sources {
    const struct code_map *map;
    const struct code_scan *scan;
    const struct image *image;
    const struct vector_table *vectors; // with a count of 0 where there are none
};

// Their addresses, sorted, which free() frees; how many goes to *count. NULL: no memory on this
// computer.
uint32_t *function_starts_find(const struct function_sources *sources, size_t *count);

#endif
