// decision_state.h: what is known while loads are followed to the branch that they decide.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DECISION_STATE_H
#define BOOTLEAP_SIM_DECISION_STATE_H

#include "held.h"
#include "loads.h"
#include "window.h"

#include <capstone/capstone.h>

enum { DECISION_REGISTERS = 16, DECISION_SLOTS = 4 };

struct decision {
    struct loads *loads;
    struct held registers[DECISION_REGISTERS];
    struct held slots[DECISION_SLOTS]; // of the stack
    uint32_t places[DECISION_SLOTS];
    unsigned next_slot;
    // What the flags were set by, and which of its bits went to C.
    struct held flags;
    uint32_t with;
    uint32_t carry;
    bool by_size; // C and V tell of a comparison
    // Of the instruction that is next: see struct load.
    int depth;
    bool stays;
    // Of the IT block that this is in: the condition of its next instruction, and the mask as in
    // ITSTATE (Armv7-M ARM, A7.3.2); 0: none.
    unsigned it_state;
};

#endif
