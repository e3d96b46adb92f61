// scenario_options.h: the options of `bootleap-sim run`.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SCENARIO_OPTIONS_H
#define BOOTLEAP_SIM_SCENARIO_OPTIONS_H

#include "option_table.h"

// They fill in a struct scenario.
extern const struct option_table scenario_options;

#endif
