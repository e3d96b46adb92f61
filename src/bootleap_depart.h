// bootleap_depart.h: the stages of the mark, and the departure that all ways into the ROM share.
// SPDX-License-Identifier: MIT
//
// Not for users.
#ifndef BOOTLEAP_DEPART_H
#define BOOTLEAP_DEPART_H

#include "bootleap_devices.h"

#include <stdint.h>

// The mark is a word and its complement. Counted from MARK on, the word says how far the
// journey is; any other content says that there is none.
#define MARK   0xB0071EA0u
#define SETTLE 0xFFFFFFFFu // the ROM started us unasked, the reset after it is under way
#define BACK   0u          // the ROM is done, the reset after it is under way
#define ENTER  1u          // bootleap_enter() asked for the ROM
#define AWAY   2u          // the ROM runs; higher numbers count hand-overs that were repeated

// Writes the mark of this stage. Up to ENTER it resets the chip; from AWAY on it hands over to the
// ROM, which must find the rest of the chip as a reset leaves it. In bootleap.c.
_Noreturn void bootleap_depart(uint32_t stage);

#if BOOTLEAP_ENTRY && BOOTLEAP_EMPTY_TOGGLES
// The chip has noticed at power-on that its flash was empty, and would start the ROM at every
// reset until the next power-on, although the ROM has filled the flash. Writing 1 toggles.
static inline void flash_is_filled(void)
{
    volatile uint32_t *place = (volatile uint32_t *)BOOTLEAP_EMPTY_TOGGLES;

    *place = *place & BOOTLEAP_EMPTY_MASK;
}
#else
static inline void flash_is_filled(void) // bootleap_depart() clears a flag that writing 0 clears
{
}
#endif

#endif
