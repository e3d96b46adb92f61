// decision.h: follows what is loaded through registers to the branch that it decides.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DECISION_H
#define BOOTLEAP_SIM_DECISION_H

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
    // Of the IT block that this is in: the condition of its next instruction, and the mask as in
    // ITSTATE (Armv7-M ARM, A7.3.2); 0: none.
    unsigned it_state;
};

void decision_begin(struct decision *decision, struct loads *loads);

// The number of the register, 0 to 15; LOAD_NONE for those of the FPU.
int decision_register(arm_reg which);

// This instruction is next, with these registers before it. False where its condition does not
// hold.
bool decision_begins(struct decision *decision, const cs_insn *instruction,
                     const struct snapshot *step);

// It was executed, and is none of those below.
void decision_step(struct decision *decision, const cs_insn *instruction,
                   const struct snapshot *step);

// It has loaded the load of this number into its first operand.
void decision_load(struct decision *decision, const cs_insn *instruction, int load);

// It has stored its first operand to a word of the stack, or loaded it from there.
void decision_spill(struct decision *decision, const cs_insn *instruction, uint32_t address);
void decision_fill(struct decision *decision, const cs_insn *instruction, uint32_t address);

#endif
