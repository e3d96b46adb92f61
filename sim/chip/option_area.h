// option_area.h: the option bytes and the flash size register of a chip, as its ROM reads them.
// SPDX-License-Identifier: MIT
//
// Only what the row says of them is here; the rest of the bytes is 0xFF. The application sees
// its option registers elsewhere: option_bits.h, option_bytes.h.
#ifndef BOOTLEAP_SIM_OPTION_AREA_H
#define BOOTLEAP_SIM_OPTION_AREA_H

#include "chip_state.h"

// Fills the areas of the row as those of a new chip with `kb` of flash, without any protection.
void option_area_fill(struct flash_state *state, const struct device *device, unsigned kb);

// What the flash size register holds.
void option_area_put_size(struct flash_state *state, const struct device *device, unsigned content);

// Changes a word of an area, or bits of it; complements behind them follow. False if it is in none.
bool option_area_put(struct flash_state *state, const struct device *device, uint32_t address,
                     uint32_t word);
void option_area_put_bits(struct flash_state *state, const struct device *device, uint32_t address,
                          uint32_t mask, uint32_t bits);

// These bits protect no page any more.
void option_area_unprotect(struct flash_state *state, const struct device *device,
                           const struct write_protection *one);

// Bytes of this area were changed: areas that share some of them have them too.
void option_area_spread(struct flash_state *state, const struct device *device,
                        const struct option_area *area);

// Whether the ROM refuses a read that begins there: at the flash size register where the row has it
// read with the block around it first (F4, L0: so does stm32loader, for that reason).
bool option_area_refuses(const struct chip *chip, uint32_t address);

// The bytes of a range that is in one area; NULL if it is not.
const uint8_t *option_area_at(const struct chip *chip, uint32_t address, uint32_t size);

// The level of readout protection that they have, 0 to 2; 0 where the row does not know.
int option_area_level(const struct chip *chip);

// Whether option bytes keep these bytes of flash from being erased and written.
bool option_area_protects(const struct chip *chip, uint32_t address, uint32_t size);

#endif
