// decision.h: follows what is loaded through registers to the branch that it decides.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DECISION_H
#define BOOTLEAP_SIM_DECISION_H

#include "decision_state.h"

void decision_begin(struct decision *decision, struct loads *loads);

// This instruction is next, with these registers before it. False where its condition does not
// hold.
bool decision_begins(struct decision *decision, const cs_insn *instruction,
                     const struct snapshot *step);

// The bits under `mask` of what the flags are of have decided, by whether they are `with`.
void decision_decide(struct decision *decision, uint32_t mask, uint32_t with);

// It was executed, and is none of those below.
void decision_step(struct decision *decision, const cs_insn *instruction,
                   const struct snapshot *step);

// It has loaded the load of this number into its first operand.
void decision_load(struct decision *decision, const cs_insn *instruction, int load);

// It has stored its first operand to a word of the stack, or loaded it from there.
void decision_spill(struct decision *decision, const cs_insn *instruction, uint32_t address);
void decision_fill(struct decision *decision, const cs_insn *instruction, uint32_t address);

#endif
