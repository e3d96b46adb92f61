// bootleap_hook_origin.h: where a hook keeps the origin: start-up code clears .bss after it.
// SPDX-License-Identifier: MIT
//
// Not for users. Two words for the whole image, however many files include this. Written in
// assembly, because not every compiler knows that a section of that name has no content: the image
// would then hold eight bytes for RAM.
#ifndef BOOTLEAP_HOOK_ORIGIN_H
#define BOOTLEAP_HOOK_ORIGIN_H

#include "bootleap.h"

#include <stdint.h>

// Link-time optimisation may put the assembly of several files into one.
__asm__(".ifndef bootleap_noinit_origin\n"
        ".pushsection .noinit, \"awG\", %nobits, bootleap_noinit_origin, comdat\n"
        ".balign 4\n"
        ".weak bootleap_noinit_origin\n"
        "bootleap_noinit_origin: .space 8\n"
        ".popsection\n"
        ".endif\n");

// What bootleap_on_reset() returned, and the complement. Noise after power-on, until a hook has
// written it: then they are no complements.
extern volatile uint32_t bootleap_noinit_origin[2];

// Beside the origin: the hook before SystemInit() has written it, and the one after has not come.
#define HOOKED_EARLY 0x100u

static inline void keep_origin(uint32_t origin)
{
    bootleap_noinit_origin[0] = origin;
    bootleap_noinit_origin[1] = ~origin;
}

// The origin, perhaps with HOOKED_EARLY; FROM_RESET if no hook has written one.
static inline uint32_t kept_origin(void)
{
    uint32_t origin = bootleap_noinit_origin[0];

    return origin == ~bootleap_noinit_origin[1] ? origin : BOOTLEAP_FROM_RESET;
}

#endif
