// flash_cells.h: what programming does to bytes of flash, whoever asks for it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_FLASH_CELLS_H
#define BOOTLEAP_SIM_FLASH_CELLS_H

#include "chip_state.h"

// Programs `size` bytes that the flash programs at once. `cells` are in the chip's memory. What
// happens to those that are programmed already is the device's `second_write`. False if the flash
// refuses. Whoever calls it says that code may have changed.
bool flash_cells_program(struct chip *chip, uint8_t *cells, const uint8_t *wanted, uint32_t size);

#endif
