// refusals.h: what the entry functions of bootleap come back with, and what to change for each.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REFUSALS_H
#define BOOTLEAP_SIM_REFUSALS_H

// The name that bootleap.h gives to what this function came back with; NULL if it has none, and for
// functions that are not bootleap's.
const char *refusal_name(const char *entry, int refusal);

// What to change: of one that has a name.
const char *refusal_advice(int refusal);

#endif
