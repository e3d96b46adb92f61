// flags.h: N, Z, C and V, as far as they are known.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_FLAGS_H
#define BOOTLEAP_CHECK_FLAGS_H

#include "state.h"

// 1: the condition holds, 0: it does not, -1: nobody knows.
int flags_condition(const struct flags *flags, unsigned condition);

// N and Z of a result, and what Z says of a word.
void flags_of_result(struct flags *flags, const struct value *result);

// All four, of a + b and of a - b. `result` is the sum or the difference.
void flags_of_sum(struct flags *flags, const struct value *a, const struct value *b,
                  const struct value *result);
void flags_of_difference(struct flags *flags, const struct value *a, const struct value *b,
                         const struct value *result);

// What it says of a word that this value is 0.
struct comparison comparison_with_zero(const struct value *value);

#endif
