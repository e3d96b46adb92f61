// advice.h: what to change in the firmware, for each thing that does not hold.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_H
#define BOOTLEAP_SIM_ADVICE_H

#include "advice_run.h"

#include <jansson.h>

// A new array of {"about": "H4", "text": "..."}: one a broken point, outcome, check, refusal or
// end, in the order in which to look at them. Points have a "document" too. Empty if there is
// nothing to change.
json_t *advice_list(const struct advice_run *run);

#endif
