// code_map.h: the bytes of a program by the address at which the chip sees them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CODE_MAP_H
#define BOOTLEAP_CHECK_CODE_MAP_H

#include "elf_file.h"
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A part of the program that is loaded as one.
struct code_region {
    uint32_t address;      // where code sees it when it runs
    uint32_t load_address; // where it lies in flash
    uint32_t size;
    const uint8_t *bytes;
    bool executable;
};

// Sorted by address.
struct code_map {
    struct code_region *regions;
    size_t count;
};

// Reads the segments of the file, whose bytes must stay where they are. Returns 0, or the exit code
// that was put into *problem.
int code_map_open(struct code_map *map, const struct elf_file *file, struct problem *problem);

void code_map_close(struct code_map *map);

// The region that holds `size` bytes from `address` on, as code sees it; else as it is loaded.
// NULL: none.
const struct code_region *code_map_region(const struct code_map *map, uint32_t address,
                                          uint32_t size);

// The bytes there; NULL: the program has none.
const uint8_t *code_map_bytes(const struct code_map *map, uint32_t address, uint32_t size);

// Whether instructions can be there.
bool code_map_is_code(const struct code_map *map, uint32_t address);

// A word of a region, at `at` bytes from its start. False: no more are wanted.
typedef bool code_map_visit(void *context, const struct code_region *region, uint32_t at,
                            uint32_t word);

// Visits every word of the program whose address a load of a word may have. False: some visit was.
bool code_map_words(const struct code_map *map, code_map_visit *visit, void *context);

// What code reads at this address, 1, 2 or 4 bytes, where no store can have changed it. False where
// one can: in RAM.
bool code_map_constant(const struct code_map *map, uint32_t address, unsigned size,
                       uint32_t *value);

// Whether the architecture has RAM there (0x10000000 to 0x40000000: CCM, TCM, SRAM), or peripherals
// (0x40000000 to 0x60000000, and 0xE0000000 on).
bool address_is_ram(uint32_t address);
bool address_is_peripheral(uint32_t address);

#endif
