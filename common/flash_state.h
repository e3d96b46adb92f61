// flash_state.h: what the option bytes of a chip and its flash size register say of its flash.
// SPDX-License-Identifier: MIT
//
// Nothing here reads the chip: whoever does fills in the areas that it could read. What needs a
// byte that is in none of them is unknown.
#ifndef BOOTLEAP_COMMON_FLASH_STATE_H
#define BOOTLEAP_COMMON_FLASH_STATE_H

#include "devices.h"
#include "flash_layout.h"

enum { FLASH_STATE_AREAS = 8, FLASH_STATE_BYTES = 256 };

struct flash_state_area {
    uint32_t start;
    uint32_t size; // at most FLASH_STATE_BYTES
    uint8_t bytes[FLASH_STATE_BYTES];
};

struct flash_state {
    struct flash_state_area areas[FLASH_STATE_AREAS];
    unsigned count; // of the areas that were read
};

// The level of readout protection.
enum readout_level {
    READOUT_UNKNOWN,
    READOUT_LEVEL_0, // none
    READOUT_LEVEL_HALF,
    READOUT_LEVEL_1,
    READOUT_LEVEL_2,
};

// Whether all bytes of this range were read.
bool flash_state_has(const struct flash_state *state, uint32_t address, uint32_t size);

// Whether this area holds bits that tell how the flash is laid out or protected.
bool flash_state_needs(const struct device *device, const struct read_area *area);

// The bits under `mask` of the word at `address`, shifted right until the mask ends at bit 0. False
// where a byte of them was not read.
bool flash_state_field(const struct flash_state *state, uint32_t address, uint32_t mask,
                       uint32_t *value);

// The content of the flash size register, in KB; what it cannot mean is handed out as well. False
// where it was not read.
bool flash_state_kb(const struct flash_state *state, const struct device *device, unsigned *kb);

// Whether a part of this line can have so many KB of flash: one of the sizes that its row has
// layouts for; without any, as many as whole pages, and no more than the largest. The registers of
// early chips have 0 or 0xFFFF.
bool flash_state_kb_is_plausible(const struct device *device, unsigned kb);

// The layout of a chip with so many KB, which are plausible. NULL: it is the first part of the
// row's. *sure becomes false where bits that decide were not read: then it is the one of the
// factory. NULL and not sure: the bits have a value that nobody has published for this size.
const struct chip_layout *flash_state_layout(const struct flash_state *state,
                                             const struct device *device, unsigned kb, bool *sure);

enum readout_level flash_state_readout(const struct flash_state *state,
                                       const struct device *device);

// Whether bank 2 is seen before bank 1.
enum whether flash_state_swapped(const struct flash_state *state, const struct device *device);

// Writes the ranges of this flash that option bytes keep from being erased and written to
// `ranges`, in no order, and says how many; no more than `most`. Each has the name of its bits.
// *known becomes false where bits of them were not read.
size_t flash_state_protected(const struct flash_state *state, const struct device *device,
                             const struct flash_layout *layout, struct region *ranges, size_t most,
                             bool *known);

#endif
