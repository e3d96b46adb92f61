// settled.h: whether what a run is made for has happened, so that it may end without a limit.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SETTLED_H
#define BOOTLEAP_SIM_SETTLED_H

#include "run_state.h"

// After the application has run: looks whether it runs again after a ROM, whether its own request
// was refused, or whether nothing took its request after the reset.
void settled_look(struct run *run);

// When the run ends therefore: some time later, in which a second request would be made, or a reset
// come. EVENT_NEVER where it does not, as where the user has named a limit.
uint64_t settled_end(const struct run *run);

// When it ends at the latest: then, or at its limit. EVENT_NEVER where it has no end.
uint64_t settled_or_limit(const struct run *run);

#endif
