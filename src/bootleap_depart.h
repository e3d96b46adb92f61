// bootleap_depart.h: the departure that all ways into the ROM and back share.
// SPDX-License-Identifier: MIT
//
// Not for users. Its one definition is in bootleap.c, and only where BOOTLEAP_ENTRY is 1; for a
// compiler whose assembly is another (BOOTLEAP_GNU_ASSEMBLY), in a file that is made of that one.
#ifndef BOOTLEAP_DEPART_H
#define BOOTLEAP_DEPART_H

#include "bootleap_compiler.h"

#include <stdint.h>

// Writes the mark of this stage, one of bootleap_mark.h. Up to ENTER it resets the chip; from AWAY
// on it hands over to the ROM, which must find the rest of the chip as a reset leaves it. Needs
// privileged code with interrupts masked (PRIMASK), on any stack.
BOOTLEAP_NORETURN void bootleap_depart(uint32_t stage);

#endif
