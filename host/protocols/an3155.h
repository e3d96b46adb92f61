// an3155.h: the commands of ST's USART protocol (application note AN3155), one function each.
// SPDX-License-Identifier: MIT
//
// A command that goes wrong on the way is finished, and sent again. A problem of these functions
// has one of two codes: EXIT_REFUSED when the ROM said NACK at the same place each time, and
// EXIT_FAILED when it answered something else or nothing. The ROM waits for the next command
// afterwards, unless `link.lost` is set.
#ifndef BOOTLEAP_HOST_AN3155_H
#define BOOTLEAP_HOST_AN3155_H

#include "an3155_rom.h"

// Asks for protocol version and commands. Fails where the answer is not that of a ROM.
int an3155_get(struct an3155 *rom, struct problem *problem);

// Whether an3155_get saw this command.
bool an3155_has(const struct an3155 *rom, enum an3155_code code);

int an3155_get_id(struct an3155 *rom, uint16_t *product, struct problem *problem);

// `size` from 1 to AN3155_BLOCK_BYTES.
int an3155_read(struct an3155 *rom, uint32_t address, uint32_t size, uint8_t *bytes,
                struct problem *problem);

// `size` from 4 to AN3155_BLOCK_BYTES; it and `address` are multiples of 4 and of the unit that
// the chip programs at once. It is not sent again once its data are under way: what is in flash
// then has to be looked at first.
int an3155_write(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                 struct problem *problem);

// Erases `count` pages, 1 to AN3155_ERASE_PAGES, with the erase command that this ROM has.
// `most_ms` is the longest that this may take.
int an3155_erase(struct an3155 *rom, const uint16_t *pages, unsigned count, unsigned most_ms,
                 struct problem *problem);

// Starts what has its vector table at `address`. The ROM answers before it does. Where that answer
// is lost and the ROM does not say anything afterwards, it has started it.
int an3155_go(struct an3155 *rom, uint32_t address, struct problem *problem);

#endif
