// chip_memory.h: what is seen where: banks, the alias at address 0, the mark.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_MEMORY_H
#define BOOTLEAP_SIM_CHIP_MEMORY_H

#include "chip_state.h"

// Where in flash a byte lies that the core sees at this address: in flash itself, or where flash is
// seen too. An address elsewhere stays as it is.
uint32_t chip_flash_place(const struct device *device, uint32_t address);

// Whether the first word of flash is erased.
bool chip_is_blank(const struct chip *chip);

// Has the bank that starts at `bank` change places with the first one until the next reset; 0
// puts them back.
void chip_swap_banks(struct chip *chip, uint32_t bank);

// Has system memory, or else flash, seen at address 0 from the next instruction on.
void chip_show_at_0(struct chip *chip, bool rom);

// The address that a byte of flash has in the row, wherever it is seen; other addresses themselves.
uint32_t chip_flash_home(const struct chip *chip, uint32_t address);

// Bytes of flash have changed, as when it is programmed: what was translated of them is forgotten
// before the next instruction. For callbacks; other work for between two instructions is done then.
void chip_flash_changed(struct chip *chip, uint32_t address, uint32_t size);

// The core loads from system memory, or from where nothing is mapped. True: something is there
// now. That it was read is noted if nobody knows what it is.
bool chip_load_from_rom(struct chip *chip, uint32_t address, unsigned size, bool mapped);

// The two words of the mark, which is in RAM or in backup registers. Where a backup register holds
// 16 bits a word is two of them, the low half first.
uint32_t chip_mark_word(const struct chip *chip, unsigned which);

#endif
