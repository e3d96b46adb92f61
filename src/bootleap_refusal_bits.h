// bootleap_refusal_bits.h: option bits that refuse an entry, and whether a chip's bits do.
// SPDX-License-Identifier: MIT
//
// Not for users. The rows are BOOTLEAP_OPTIONS of bootleap_devices.h, where they have their
// sources. Only where BOOTLEAP_ENTRY is 1.
#ifndef BOOTLEAP_REFUSAL_BITS_H
#define BOOTLEAP_REFUSAL_BITS_H

#include "bootleap_compiler.h"
#include "bootleap_devices.h"
#include "bootleap_registers.h"

#include <stdint.h>

// Bits that are a reason not to enter: of an option, or of the ROM's vector table.
struct option {
    uint32_t address;
    uint8_t shift, mask, value; // of the bits
    int8_t code;                // WHEN(the refusal) they have this value, or UNLESS they have it:
                                // its lowest 7 bits are the refusal's number without the sign
};
#define WHEN(refusal)   (-128 - (refusal))
#define UNLESS(refusal) (-(refusal))

// The last row of a list: it refuses always, with 0, which is no refusal. No bits are never 1.
#define END_OF_OPTIONS {BOOTLEAP_FLAGS, 0, 0, 1, 0},

// Returns 1 if this row refuses, 0 if not. Reads its register. (The sign of `other` is set if the
// bits have the row's value.)
static int refuses(const struct option *option)
{
    uint32_t bits = *reg(option->address) >> option->shift & option->mask;
    int32_t other = (int32_t)(bits ^ option->value) - 1;

    other ^= option->code;
    BOOTLEAP_OPAQUE(other); // so that a compiler looks at its sign and nothing else
    return other >= 0;
}

#endif
