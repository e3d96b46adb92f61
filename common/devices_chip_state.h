// devices_chip_state.h: what a host can ask the ROM of the chip in its hands.
// SPDX-License-Identifier: MIT
//
// Part of devices.h. A row describes the largest chip of its line as it is delivered; the option
// bytes and the flash size register tell what this one is. devices/README.md explains the values.
#ifndef BOOTLEAP_COMMON_DEVICES_CHIP_STATE_H
#define BOOTLEAP_COMMON_DEVICES_CHIP_STATE_H

#include "devices_options.h"

#include <stdbool.h>
#include <stdint.h>

// An area that one Read Memory of the ROM takes, from its start on.
struct read_area {
    uint32_t start;
    uint32_t size; // in bytes
};

// A content of the flash size register that is no number of KB.
struct size_code {
    unsigned code;
    unsigned kb;
};

// A letter of ordering codes, and the size of the flash that it stands for.
struct size_letter {
    char letter;
    unsigned kb;
};

// Where the level of readout protection is told: `level_half` (0.5) and `level_2` are `level_0`
// where the chip has no such level. Every other value is level 1.
struct readout_protection {
    uint32_t address; // 0: nobody has typed it
    uint32_t mask;
    uint32_t level_0, level_half, level_2; // shifted right, so that `mask` ends at bit 0
};

enum protection_kind {
    PROTECTION_BITS, // one bit for `pages` pages
    PROTECTION_AREA, // the first and the last page; none where the first is the greater one
};

// Bits that tell which pages can be neither erased nor written. Pages are numbers of the ROM's.
struct write_protection {
    const char *name; // ST's name of the bits
    enum protection_kind kind;
    uint32_t address;
    unsigned first, count, protects; // bits: the lowest one, how many, and the value that protects
    unsigned page;                   // of the lowest bit, or page 0 of an area
    unsigned pages, last_pages;      // for each bit, and for the last one
    uint32_t start_mask, end_mask;   // area
    struct option_condition condition; // only then; name NULL: always
};

// How the flash of a chip is laid out.
struct chip_layout {
    unsigned kb;   // for chips of this size
    uint32_t size; // from the start of flash to its end, with a gap between banks
    unsigned banks;
    struct option_condition condition; // only then; name NULL: always
    const struct page_run *pages; // terminated by count 0; without those whose numbers nobody knows
    bool inferred;                // no document says so of these sizes
};

#endif
