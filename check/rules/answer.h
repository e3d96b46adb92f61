// answer.h: gives a finding its verdict, and the severity that the evidence gives it on this row.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_ANSWER_H
#define BOOTLEAP_CHECK_ANSWER_H

#include "findings.h"
#include "rule.h"

// What the values of registers say of a leftover, where its rule does not decide by itself.
enum leftover_weight {
    WEIGHT_OBSERVED, // nothing: observations decide
    WEIGHT_FATAL,    // it keeps the ROM from serving
    WEIGHT_HARMLESS, // it cannot matter
};

// It holds; unknown where the walk did not come to its end.
void answer_ok(const struct rule_view *view, struct finding *finding);

// It does not hold, and this is what is left.
void answer_broken(const struct rule_view *view, struct finding *finding, enum leftover leftover,
                   enum leftover_weight weight);

// It is as it was found: a note, or a warning.
void answer_left(struct finding *finding, enum severity severity);

// Nobody knows. Where the finding does not say yet what would decide it, the last call is named
// that the walk did not follow.
void answer_unknown(const struct rule_view *view, struct finding *finding);

// Whether no document says where this row's ROM has its vector table: then that is the answer.
bool answer_no_table(const struct rule_view *view, struct finding *finding);

#endif
