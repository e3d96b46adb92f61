// dfu_strings.h: the strings of a ROM's USB device that this chip and this version make.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DFU_STRINGS_H
#define BOOTLEAP_SIM_DFU_STRINGS_H

#include "rom_state.h"

#include <stddef.h>

// "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg": the flash as this chip has it.
void dfu_strings_flash(const struct rom *rom, char *text, size_t room);

// The string of another memory, from that of the row: "@Option Bytes  /0x1FFFC000/01*016 e".
void dfu_strings_memory(const struct rom *rom, const char *row, char *text, size_t room);

// A serial number of the unique id: the sum of its first and last word, and the upper half of its
// middle or last one.
void dfu_strings_unique_id(const struct chip *chip, bool ends_with_last, char *text, size_t room);

// That of the ROM.
void dfu_strings_serial(const struct rom *rom, char *text, size_t room);

#endif
