// advice_outcome.h: what to change for what the ROM makes of a handoff.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_OUTCOME_H
#define BOOTLEAP_SIM_ADVICE_OUTCOME_H

#include "advice_run.h"

#include <jansson.h>

// How much a point of the contract, "H4", has to do with the outcomes of these handoffs: 0 where by
// it the ROM fails, 1 where nobody knows, 2 otherwise.
int advice_outcome_rank(const json_t *handoffs, const char *point);

// Whether a piece of advice of the list is about this.
bool advice_has(const json_t *list, const char *about);

// Adds a piece of advice for each outcome of the handoffs, once. A handoff that served needs some
// where a point is broken, as it is where the list is not empty.
void advice_of_outcomes(json_t *list, const struct advice_run *run);

#endif
