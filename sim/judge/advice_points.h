// advice_points.h: what to change for a point of the contract, and which function is at fault.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_POINTS_H
#define BOOTLEAP_SIM_ADVICE_POINTS_H

#include "advice_run.h"

// A new piece of advice about the point with this number, 1 for H1, that did not hold at some
// handoff. Its shape is in docs/sim-json.md.
json_t *advice_of_point(const struct advice_run *run, int number);

#endif
