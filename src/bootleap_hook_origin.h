// bootleap_hook_origin.h: where a hook keeps the origin: start-up code clears .bss after it.
// SPDX-License-Identifier: MIT
//
// Not for users. One word for the whole image, however many files include this. Written in
// assembly, because not every compiler knows that a section of that name has no content: the image
// would then hold four bytes for RAM.
#ifndef BOOTLEAP_HOOK_ORIGIN_H
#define BOOTLEAP_HOOK_ORIGIN_H

#include "bootleap.h"

// Link-time optimisation may put the assembly of several files into one.
__asm__(".ifndef bootleap_noinit_origin\n"
        ".pushsection .noinit, \"awG\", %nobits, bootleap_noinit_origin, comdat\n"
        ".balign 4\n"
        ".weak bootleap_noinit_origin\n"
        "bootleap_noinit_origin: .space 4\n"
        ".popsection\n"
        ".endif\n");

// What bootleap_on_reset() returned; noise after power-on, until the hook has written it.
extern enum bootleap_origin bootleap_noinit_origin;

#endif
