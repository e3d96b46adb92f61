// option_readout.h: readout protection level 1, by the way that a ROM has.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OPTION_READOUT_H
#define BOOTLEAP_HOST_OPTION_READOUT_H

#include "option_plan.h"

// Whether the ROM has a command for it. Then no plan is needed.
bool option_readout_has_command(const struct target *target);

// Adds it to a plan, for a ROM without a command. Problems: EXIT_REFUSED where the row has no such
// option byte that a ROM can write; those of option_plan_set.
int option_readout_plan(struct option_plan *plan, struct problem *problem);

#endif
