// blame.h: for each point that did not hold, which registers were at fault, and who wrote them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BLAME_H
#define BOOTLEAP_SIM_BLAME_H

#include "causes.h"
#include "writers.h"

struct blame_point {
    bool told; // it did not hold at some handoff: this is about the first such
    struct causes causes;
    bool written[CAUSES_MOST];          // somebody wrote the register since the reset
    struct writer writers[CAUSES_MOST]; // ... this one, last
};

// What is known of the instruction that goes to the ROM.
struct blame_jump {
    uint32_t lr, rom_pc;
    bool wrote;         // somebody wrote a register before it
    struct writer last; // ... this one, last
};

struct blame {
    const struct judge *judge;
    struct writers *writers;
    struct blame_point points[CONTRACT_POINTS];
    struct blame_jump jumps[CONTRACT_POINTS]; // at the handoff that each point is about
};

// Starts to watch the judge's chip. NULL without memory: then nobody is blamed.
struct blame *blame_open(const struct judge *judge);
// `blame` may be NULL, here and below.
void blame_close(struct blame *blame);

// A handoff, checked just now.
void blame_note(struct blame *blame, const struct contract *contract);

#endif
