// bootleap_noinit.h: where a hook keeps the origin: start-up code clears .bss after it.
// SPDX-License-Identifier: MIT
//
// Not for users. Written in assembly, because not every compiler knows that a section of that
// name has no content: the image would then hold four bytes for RAM.
#ifndef BOOTLEAP_NOINIT_H
#define BOOTLEAP_NOINIT_H

#include "bootleap.h"

__asm__(".pushsection .noinit, \"aw\", %nobits\n"
        ".balign 4\n"
        ".globl bootleap_noinit_origin\n"
        "bootleap_noinit_origin: .space 4\n"
        ".popsection\n");
extern enum bootleap_origin bootleap_noinit_origin;

#endif
