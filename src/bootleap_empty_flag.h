// bootleap_empty_flag.h: clears what the chip noted at power-on: that its flash was empty.
// SPDX-License-Identifier: MIT
//
// Not for users.
#ifndef BOOTLEAP_EMPTY_FLAG_H
#define BOOTLEAP_EMPTY_FLAG_H

#include "bootleap_devices.h"

#include <stdint.h>

// With the flag set, every reset until the next power-on starts the ROM, although the ROM has
// filled the flash.
#if BOOTLEAP_ENTRY && BOOTLEAP_EMPTY_TOGGLES
static inline void clear_empty_flag(void)
{
    volatile uint32_t *place = (volatile uint32_t *)BOOTLEAP_EMPTY_TOGGLES;

    *place = *place & BOOTLEAP_EMPTY_MASK; // writing 1 toggles it
}
#else
static inline void clear_empty_flag(void) // bootleap_depart() clears a flag that writing 0 clears
{
}
#endif

#endif
