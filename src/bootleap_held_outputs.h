// bootleap_held_outputs.h: the user's writes that hold outputs while the ROM runs, as a list.
// SPDX-License-Identifier: MIT
//
// Not for users. BOOTLEAP_HOLD (bootleap.h) as data, in the user's order. Without it there is no
// list.
#ifndef BOOTLEAP_HELD_OUTPUTS_H
#define BOOTLEAP_HELD_OUTPUTS_H

#include <stdint.h>

#ifdef BOOTLEAP_HOLD

static const struct {
    uint32_t address, value;
} held_writes[] = {BOOTLEAP_HOLD};

enum { HELD_WRITES = sizeof held_writes / sizeof held_writes[0] };

#endif

#endif
