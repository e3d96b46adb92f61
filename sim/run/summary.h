// summary.h: everything about a run, as one JSON object.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SUMMARY_H
#define BOOTLEAP_SIM_SUMMARY_H

#include "run_state.h"

#include <jansson.h>

// A new object. Its shape is in docs/sim-json.md.
json_t *summary_pack(struct run *run);

#endif
