// an3155_options.h: the commands of AN3155 that end in a reset: option bytes and protection.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_AN3155_OPTIONS_H
#define BOOTLEAP_HOST_AN3155_OPTIONS_H

#include "an3155_rom.h"

// As write_options of bootloader.h.
int an3155_write_options(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                         struct problem *problem);

// A command of two bytes that is answered twice: by an ACK, and by another one when it is done.
// `doing` names it.
int an3155_protect(struct an3155 *rom, enum an3155_code code, const char *doing, unsigned most_ms,
                   struct problem *problem);

#endif
