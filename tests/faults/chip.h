// chip.h: a second ROM with the facts of a row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CHIP_H
#define BOOTLEAP_TESTS_CHIP_H

#include "flash_layout.h"
#include "second_rom.h"

// What AN3155 leaves open: whether a write that the flash refuses, or one of half a word, gets a
// NACK, or an ACK all the same.
enum chip_errors { CHIP_ANSWERS_ACK, CHIP_ANSWERS_NACK };

// Which chip of a row it is.
struct chip_kind {
    const struct device *device;
    uint16_t version; // of its ROM; 0: the newest
    enum chip_errors errors;
    unsigned defects;                 // of enum second_rom_defect, on top of the version's
    unsigned kb;                      // of its flash; 0: the line's largest
    const struct chip_layout *layout; // of its flash; NULL: the row's
    bool level_1;                     // readout protection
    bool swapped;                     // bank 2 is seen first
    unsigned protected_pages;         // that cannot be written, from the first one on
};

// Its flash.
void chip_layout_of(const struct chip_kind *kind, struct flash_layout *layout);

// As it is delivered, but for the bits that `layout` asks for. NULL when there is no memory.
struct second_rom *chip_new(const struct chip_kind *kind);

// Fills in the option bytes and the flash size register of such a chip.
void chip_set_options(const struct chip_kind *kind, struct second_rom_config *config);

#endif
