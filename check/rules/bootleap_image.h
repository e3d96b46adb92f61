// bootleap_image.h: what an image has of bootleap, with and without a symbol table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_BOOTLEAP_IMAGE_H
#define BOOTLEAP_CHECK_BOOTLEAP_IMAGE_H

#include "firmware.h"

#include <stdbool.h>
#include <stdint.h>

// The mark is this word plus a stage, and the complement behind it (docs/how-it-works.md, "The
// mark"). Stage 1 asks for the ROM.
static const uint32_t BOOTLEAP_MARK_WORD = 0xB0071EA0, BOOTLEAP_MARK_ENTER = 0xB0071EA1;

struct bootleap_image {
    bool found;
    uint32_t words; // address of the words that bootleap_depart() reads
    uint32_t mark;  // address of the mark
    uint32_t rom;   // the vector table of the ROM that it enters; 0: not found
    uint32_t depart, on_reset, enter, jump; // functions; 0: not in the symbol table
};

// `found` where the image has bootleap_depart(): all that stores a mark or hands over to the ROM is
// in it. The words that it reads are found by their values.
struct bootleap_image bootleap_image_find(const struct firmware *firmware);

// Whether the code at `pc` is bootleap_depart()'s.
bool bootleap_image_departs(const struct bootleap_image *image, const struct firmware *firmware,
                            uint32_t pc);

// Whether code calls the function at `address`, or has its address in a word.
bool bootleap_image_uses(const struct firmware *firmware, uint32_t address);

#endif
