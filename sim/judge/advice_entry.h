// advice_entry.h: what to do when the entry function came back, or nothing entered the ROM.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_ENTRY_H
#define BOOTLEAP_SIM_ADVICE_ENTRY_H

#include "advice_run.h"

#include <jansson.h>

// Adds at most one piece of advice, about "refused" or "entry".
void advice_of_entry(json_t *list, const struct advice_run *run);

// The name that bootleap.h gives to what its entry function came back with, NULL if none.
const char *advice_refusal_name(int refusal);

#endif
