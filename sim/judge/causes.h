// causes.h: why a point does not hold: registers and bits, and what to write there instead.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CAUSES_H
#define BOOTLEAP_SIM_CAUSES_H

#include "contract.h"
#include "register_names.h"

enum { CAUSES_MOST = 4, CAUSE_TEXT = 200 };

struct cause {
    uint32_t address;      // of the register, see register_special(); 0: it is no register
    uint32_t bits;         // of it, 0: all
    uint32_t place;        // of code that this is about where there is no register; 0: the jump
    char so[CAUSE_TEXT];   // what is so, as a sentence without its full stop
    char cure[CAUSE_TEXT]; // what to do about it on this chip, the same; "": nothing
    const char *why;       // of the cure; NULL: nothing more is said
    bool before_jump;      // the cure is to be done before the jump
    bool or_reset;         // a reset is a cure too, and the way through one is known
};

struct causes {
    struct cause list[CAUSES_MOST];
    size_t count;
    size_t left_out; // that found no room
};

// Why the point with this number, 1 for H1, does not hold on the chip as it is now. To be asked
// where contract_check() has found so; the texts name registers and cures that this chip has.
void causes_find(const struct judge *judge, int number, struct causes *causes);

#endif
