// commands.h: what this ROM can be told to do, whatever line its host is on.
// SPDX-License-Identifier: MIT
//
// The protocols of ST's ROMs have the same commands under the same numbers (AN3155, AN3154, AN4221,
// AN4286); how they are wrapped differs.
#ifndef BOOTLEAP_SIM_COMMANDS_H
#define BOOTLEAP_SIM_COMMANDS_H

#include "rom_state.h"

enum { COMMANDS_PAGES = 512 };

enum command {
    COMMAND_GET = 0x00,
    COMMAND_GET_VERSION = 0x01,
    COMMAND_GET_ID = 0x02,
    COMMAND_READ_MEMORY = 0x11,
    COMMAND_GO = 0x21,
    COMMAND_WRITE_MEMORY = 0x31,
    COMMAND_ERASE = 0x43,
    COMMAND_EXTENDED_ERASE = 0x44,
    COMMAND_SPECIAL = 0x50,
    COMMAND_WRITE_PROTECT = 0x63,
    COMMAND_WRITE_UNPROTECT = 0x73,
    COMMAND_READOUT_PROTECT = 0x82,
    COMMAND_READOUT_UNPROTECT = 0x92,
};

// Whether this ROM lists the command. Special commands are listed by some and modelled by none.
bool commands_has(const struct rom *rom, uint8_t command);

// Whether readout protection lets it do so now. Level 1 is left by a mass erase only, level 2 not
// at all (AN2606 Rev 70, Section 4.1).
bool commands_is_open(const struct rom *rom, uint8_t command);

// Whether a host may read there. Only the first address of a block is looked at.
bool commands_shows(const struct rom *rom, uint32_t address);
// The byte there, 0 where a host may not read it.
uint8_t commands_read(struct rom *rom, uint32_t address);

// Whether a write, or a Go, is taken there.
bool commands_takes(const struct rom *rom, uint32_t address);

// False where that cannot be written or the flash refuses.
bool commands_write(struct rom *rom, uint32_t address, const uint8_t *bytes, uint32_t size);

// Erases these of `count` pages, of which a ROM has the first COMMANDS_PAGES in mind. A number that
// no page has is no error. False where the ROM refuses.
bool commands_erase_pages(struct rom *rom, const uint16_t *numbers, unsigned count);
bool commands_erase_all(struct rom *rom);
bool commands_erase_bank(struct rom *rom, unsigned bank);

#endif
