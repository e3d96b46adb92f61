// rom_quirks.h: what a version of a ROM does otherwise than AN3155 or DFU says, asked for by name.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_ROM_QUIRKS_H
#define BOOTLEAP_COMMON_ROM_QUIRKS_H

#include "devices.h"

// Whether this list, 0-terminated, has a version of which `id` is the byte that can be read from a
// chip: the low one.
bool rom_versions_have(const uint16_t *versions, uint8_t id);

// The quirk's row, or NULL. `version` is the ROM's, of which the low byte counts, because that is
// all that can be read from a chip; 0 is a version that nobody knows, which has what any has.
const struct rom_quirk *rom_quirk(const struct device *device, uint16_t version, enum quirk quirk);

// Most pages that one erase of the first bank, or of a list with pages of the second one, may have;
// UINT16_MAX where no limit is known. A ROM that does not wait for the end of an erase takes one,
// and rom_quirk() has the pause behind it.
unsigned rom_erase_pages_most(const struct device *device, uint16_t version, bool second_bank);

#endif
