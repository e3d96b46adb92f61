// an3155.h: the ROM's side of ST's USART protocol (AN3155).
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_AN3155_H
#define BOOTLEAP_SIM_AN3155_H

#include "rom.h"

// Acknowledges the host that was found on rom->line and serves it until the ROM ends.
// *table is the vector table of a Go.
enum rom_end an3155_serve(struct rom *rom, uint32_t *table);

#endif
