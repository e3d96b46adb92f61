// commands.c: carries out a host's commands on memory and option bytes.
// SPDX-License-Identifier: MIT
#include "commands.h"

#include "behaviour.h"
#include "rom_flash.h"

bool commands_has(const struct rom *rom, uint8_t command)
{
    const uint8_t *listed = rom->chip->device->rom_commands;

    while (*listed != 0xFF && *listed != command) {
        listed++;
    }
    return *listed == command && command != COMMAND_SPECIAL;
}

bool commands_is_open(const struct rom *rom, uint8_t command)
{
    int level = behaviour_protection(rom);

    return level == 0 || command == COMMAND_GET || command == COMMAND_GET_VERSION ||
           command == COMMAND_GET_ID || (level == 1 && command == COMMAND_READOUT_UNPROTECT);
}

const uint8_t *commands_read(const struct rom *rom, uint32_t address, uint32_t size)
{
    return rom_flash_readable(rom->chip, address, size);
}

bool commands_takes(const struct rom *rom, uint32_t address)
{
    return rom_flash_writable(rom->chip, address);
}

bool commands_write(struct rom *rom, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    if (!rom_flash_write(rom->chip, address, bytes, size)) {
        return false;
    }
    rom->bytes_written += size;
    return true;
}

bool commands_erase_page(struct rom *rom, unsigned number)
{
    if (!rom_flash_erase(rom->chip, number)) {
        return false;
    }
    rom->pages_erased++;
    return true;
}

void commands_erase_all(struct rom *rom)
{
    rom_flash_erase_all(rom->chip);
}

void commands_protect(struct rom *rom)
{
    rom->protected = true;
}

void commands_unprotect(struct rom *rom)
{
    rom_flash_erase_all(rom->chip);
    rom->protected = false;
    option_bits_unset(rom->chip, OPTION_RDP_LEVEL_1);
}
