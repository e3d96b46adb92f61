// libbootleap_chip.h: what libbootleap knows of the chip that answers. Part of libbootleap.h.
// SPDX-License-Identifier: MIT
#ifndef LIBBOOTLEAP_CHIP_H
#define LIBBOOTLEAP_CHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum libbootleap_readout {
    LIBBOOTLEAP_READOUT_UNKNOWN,
    LIBBOOTLEAP_READOUT_LEVEL_0, // none
    LIBBOOTLEAP_READOUT_LEVEL_HALF,
    LIBBOOTLEAP_READOUT_LEVEL_1,
    LIBBOOTLEAP_READOUT_LEVEL_2,
};

// `size` bytes from `start` on.
struct libbootleap_range {
    uint32_t start, size;
    const char *name; // of the option bits that protect it, "WRP1A"; "" elsewhere
};

// `count` equal pages (sectors in some manuals).
struct libbootleap_pages {
    uint32_t start;        // of the first one
    unsigned first_number; // as the ROM counts
    unsigned count;
    uint32_t size; // of one
};

enum libbootleap_ground {     // who says how large the flash is
    LIBBOOTLEAP_GROUND_TABLE, // the largest chip of its line: nobody knows about this one
    LIBBOOTLEAP_GROUND_NAME,  // settings.device
    LIBBOOTLEAP_GROUND_CHIP,  // the chip
};

struct libbootleap_chip {
    const char *port;               // on which its ROM answers
    bool entered;                   // an application was asked: the ROM did not run before
    const char *device, *name;      // "f405", "STM32F40xxx/41xxx"; NULL: it is not in the table
    uint16_t product;               // answer of Get ID; 0: unknown
    uint8_t protocol;               // 0x31 is V3.1
    uint8_t rom_id;                 // ID byte of the ROM's version, 0x91 is V9.1; 0: unknown
    bool go_fails;                  // Go does not start an application in this version
    uint32_t started_at;            // the vector table that it was told to start; 0: none
    struct libbootleap_range flash; // address space, with a gap between banks
    unsigned flash_kb;              // without it
    enum libbootleap_ground ground;
    unsigned banks; // 0: unknown
    int swapped;    // bank 2 is seen before bank 1: 1 yes, 0 no, -1 unknown
    bool layout_known;
    const struct libbootleap_pages *pages;
    size_t page_run_count;
    enum libbootleap_readout readout;
    const struct libbootleap_range *write_protected;
    size_t write_protected_count;
    bool write_protection_known;          // all bits that could protect were read
    const char *const *notes;             // sentences: what is unknown of it, or contradicts
    size_t note_count, layout_note_count; // the first ones are about size and pages
};

#endif
