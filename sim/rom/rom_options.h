// rom_options.h: option bytes as the ROM programs them: protection, and all that a host writes.
// SPDX-License-Identifier: MIT
//
// All of these are followed by a reset. What option bytes say besides protection (which bank is
// seen first, whether the BOOT0 pin counts ...) is kept and shown, and has no effect: it is told.
#ifndef BOOTLEAP_SIM_ROM_OPTIONS_H
#define BOOTLEAP_SIM_ROM_OPTIONS_H

#include "rom_state.h"

// Whether a write that begins here is one of option bytes.
bool rom_options_begin(const struct rom *rom, uint32_t address);
// Whether the ROM takes it: it begins where their area does, and is known to be written.
bool rom_options_take(const struct rom *rom, uint32_t address);

// Programs them. From level 1 of readout protection to 0 all flash is erased first. False where
// they are too many, or are not written.
bool rom_options_write(struct rom *rom, uint32_t address, const uint8_t *bytes, uint32_t size);

// Readout protection level 1, and none, which erases all flash if there was one.
void rom_options_protect_readout(struct rom *rom);
void rom_options_unprotect_readout(struct rom *rom);

// Keeps these of `count` sectors, and no others, from being erased and written: numbers of bits,
// or where areas are protected, a first and a last page for each. None: nothing is protected.
void rom_options_protect_pages(struct rom *rom, const uint8_t *numbers, unsigned count);

// The reset that follows has new option bytes loaded.
void rom_options_reset(struct rom *rom);

#endif
