// rom_flash.h: flash as the ROM programs it, with the limits that this device's flash has.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ROM_FLASH_H
#define BOOTLEAP_SIM_ROM_FLASH_H

#include "chip.h"

// The bytes there, if the ROM lets a host read all of them: flash, system memory, and RAM
// that it does not use itself. NULL if not.
const uint8_t *rom_flash_readable(const struct chip *chip, uint32_t address, uint32_t size);

// Whether the ROM takes writes, or a Go, there: flash, and RAM that it does not use itself.
bool rom_flash_writable(const struct chip *chip, uint32_t address);

// Writes to flash or RAM. Flash is programmed in whole units; bytes of a unit that are not
// given are programmed as erased. What happens to a unit that is programmed already is the
// device's `second_write`. Where option bytes protect flash nothing happens, as with the next ones,
// and that is no error (AN3155 Rev 20 Sections 3.6 and 3.7). False if the range is not all
// writable, after what is of it, or if the flash refuses.
bool rom_flash_write(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size);

// Erases the page with this number. False if there is none.
bool rom_flash_erase(struct chip *chip, unsigned page);
void rom_flash_erase_all(struct chip *chip);
// The same, what is write protected included: the way from readout protection back.
void rom_flash_erase_all_protected(struct chip *chip);

// Whether this address is in flash, and the page with this number in its second bank.
bool rom_flash_has(const struct chip *chip, uint32_t address);
bool rom_flash_second_bank(const struct chip *chip, unsigned page);
// Erases bank 1 or 2. False where the flash has one bank.
bool rom_flash_erase_bank(struct chip *chip, unsigned bank);

#endif
