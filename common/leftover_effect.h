// leftover_effect.h: the worst that one leftover does to a ROM over the interfaces of a row.
// SPDX-License-Identifier: MIT
//
// For who knows what a program leaves, and not which board, host and version of the ROM it meets.
// The simulator says the same of the same leftover over each interface (leftover_statement.h).
#ifndef BOOTLEAP_COMMON_LEFTOVER_EFFECT_H
#define BOOTLEAP_COMMON_LEFTOVER_EFFECT_H

#include "devices.h"
#include "evidence.h"
#include "leftover_ground.h"
#include "outcome_kind.h"

#include <stdbool.h>
#include <stdint.h>

struct leftover_question {
    enum leftover leftover; // one that a program leaves: a bank or a crystal is around it
    uint64_t left; // what is left at this handoff, 1 << enum leftover each; with it or without
    // What the values of registers tell, where its rule depends on them (leftover_rule.h): a stack
    // limit above the stack is fatal, one at the start of its RAM is harmless. Neither: it is not
    // known, and observations decide. Rules that hold always need neither, and
    // where no rule says why, they do not count.
    bool fatal, harmless;
    uint16_t rom_version; // as in rom_ids of the row; 0: not known
};

struct leftover_effect {
    enum outcome_kind kind; // OUTCOME_SERVED: it does no harm over any interface
    enum ground ground;     // of an effect that does harm, the firmest; else the weakest
    unsigned fails_over;    // interfaces over which the ROM fails by it, 1 << enum wire each
    unsigned risk_over;     // those over which nobody can say
    const char *why;        // what the architecture or a document says; "": the witnesses say it
    struct witnesses good;  // who was served with it
    struct witnesses bad;   // of whom it was the cause of a failure
};

// Where the version is not known, the effect is that with the version that fares best. Where no
// interface of the row is known, WIRE_NOT_SAID stands for all.
void leftover_effect_find(const struct device *device, const struct leftover_question *question,
                          struct leftover_effect *effect);

#endif
