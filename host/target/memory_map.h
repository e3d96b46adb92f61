// memory_map.h: a memory and its pages, as a bootloader tells them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_MEMORY_MAP_H
#define BOOTLEAP_HOST_MEMORY_MAP_H

#include <stddef.h>
#include <stdint.h>

enum { MEMORY_RUNS = 16, MEMORY_NAME_BYTES = 32, MEMORY_TEXT_BYTES = 96 };

// What a host may do there. Bits.
enum memory_access { MEMORY_READ = 1, MEMORY_ERASE = 2, MEMORY_WRITE = 4 };

// `count` equal pages that follow each other: 1 at least, of 1 byte at least, and all of them below
// the end of the address space.
struct memory_run {
    uint32_t start;
    uint32_t count;
    uint32_t size;   // of one page
    unsigned access; // bits of enum memory_access
};

struct memory_map {
    char name[MEMORY_NAME_BYTES]; // "Internal Flash"
    struct memory_run runs[MEMORY_RUNS];
    unsigned count; // of runs; 0: nothing is known
};

// Bytes that a host can use, without gaps between runs.
uint32_t memory_map_bytes(const struct memory_map *map);

// Writes "4 x 16 KB, 1 x 64 KB, 7 x 128 KB" and returns it; what does not fit is left out.
const char *memory_map_text(const struct memory_map *map, char text[MEMORY_TEXT_BYTES]);

#endif
