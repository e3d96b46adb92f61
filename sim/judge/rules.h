// rules.h: what the architecture and ST's documents say of each leftover, without any observation.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RULES_H
#define BOOTLEAP_SIM_RULES_H

#include "evidence.h"
#include "outcome_kind.h"

#include <stdbool.h>

// One leftover's.
struct rule {
    unsigned over;       // wires over which it can matter, 1 << enum wire; 0: over all
    unsigned fails_over; // wires over which a document says that the ROM does not serve with it
    bool differs;        // from chip to chip, so that others tell nothing of this one
    enum outcome_kind how;
    const char *fails;    // why it must fail; NULL: nothing says so
    const char *harmless; // why it cannot matter; NULL: nothing says so
};

// What is said of this leftover: never NULL.
const struct rule *rule_of(enum leftover leftover);

#endif
