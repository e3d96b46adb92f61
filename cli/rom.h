// rom.h: finds a ROM on a link and says which chip it is in.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_ROM_H
#define BOOTLEAP_CLI_ROM_H

#include "an3155.h"
#include "devices.h"

struct rom {
    struct an3155 protocol;
    uint16_t product;
    const struct device *device; // NULL where the table has no such product id
    uint8_t id;                  // ID byte of the ROM version, 0x92 is V9.2; 0: not readable
};

// Sends sync bytes until a ROM answers, for at most `window_ms`. A ROM that was found before,
// by whatever program, answers too. The link stands at 8E1.
// Problems: EXIT_NO_DEVICE, and EXIT_FAILED when the line is gone.
int rom_find(struct link *link, unsigned window_ms, struct problem *problem);

// The same; and where nothing at all answers, frees a ROM that an interrupted program left in the
// middle of a command. What frees it can be a whole Write or Erase to that ROM, so this is only for
// those who write flash themselves.
int rom_find_or_free(struct link *link, unsigned window_ms, struct problem *problem);

// Asks a found ROM for its commands, product id and version. `timeout_ms` as in struct an3155.
// Problems: those of an3155.h; a ROM that refuses to be read is none.
int rom_identify(struct rom *rom, struct link *link, unsigned timeout_ms, struct problem *problem);

// The device called `name`, a slug or a CMSIS macro. Problem: EXIT_USAGE.
int rom_device_named(const char *name, const struct device **device, struct problem *problem);

// Refuses a chip that the table does not have, and one that is not `wanted` (NULL: any). Where
// several devices share the product id, `wanted` decides. Problem: EXIT_USAGE.
int rom_require_device(struct rom *rom, const struct device *wanted, struct problem *problem);

#endif
