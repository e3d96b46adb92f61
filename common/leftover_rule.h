// leftover_rule.h: what the architecture and ST's documents say of each leftover.
// SPDX-License-Identifier: MIT
//
// A rule rests on no observation: those are in evidence.h.
#ifndef BOOTLEAP_COMMON_LEFTOVER_RULE_H
#define BOOTLEAP_COMMON_LEFTOVER_RULE_H

#include "evidence.h"
#include "outcome_kind.h"

#include <stdbool.h>

// One leftover's.
struct leftover_rule {
    unsigned over;       // wires over which it can matter, 1 << enum wire; 0: over all
    unsigned fails_over; // wires over which a document says that the ROM does not serve with it
    bool differs;        // from chip to chip, so that others tell nothing of this one
    bool always;         // it holds whatever registers hold
    enum outcome_kind how;
    const char *fails;    // why it must fail; NULL: nothing says so
    const char *harmless; // why it cannot matter; NULL: nothing says so
};

// What is said of this leftover: never NULL.
const struct leftover_rule *leftover_rule_of(enum leftover leftover);

// Whether this leftover keeps every ROM from serving, or cannot matter to any, wherever it is. Of
// the others it depends on what the chip's registers hold.
bool leftover_rule_always_fails(enum leftover leftover);
bool leftover_rule_never_matters(enum leftover leftover);

#endif
