// explain.h: what each rule decides, why it matters, and how code that keeps it looks.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_EXPLAIN_H
#define BOOTLEAP_CHECK_EXPLAIN_H

#include "finding.h"
#include "problem.h"

#include <stdio.h>

// Texts as manual_text.h reads them; code stands in lines that begin with two blanks.
struct explanation {
    const char *title;   // without a full stop
    const char *points;  // of docs/contract.md: "H1, H2"; "": none
    const char *decides; // and how
    const char *matters; // why
    const char *wrong;   // what people write
    const char *right;   // the same, repaired
    const char *cannot;  // what it does not decide
};

// Tables of explain_entry.c (E1 to E5) and explain_program.c (E6 to B1).
const struct explanation *explain_entry_rule(enum rule_id rule);
const struct explanation *explain_program_rule(enum rule_id rule);

// The rule of this name, "E1" or "e1". Returns 0, or EXIT_USAGE with the problem.
int explain_find(const char *name, enum rule_id *rule, struct problem *problem);

// Prints all that is to say of a rule. RULE_COUNT: one line for each.
void explain_print(enum rule_id rule, FILE *file);

#endif
