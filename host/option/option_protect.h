// option_protect.h: write protection of pages, as a change of option bytes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OPTION_PROTECT_H
#define BOOTLEAP_HOST_OPTION_PROTECT_H

#include "option_plan.h"

// Adds that all pages of a range of flash cannot be erased and written. Where one bit is for
// several pages, the others of them neither. Problems: EXIT_USAGE where the range is not in flash,
// EXIT_REFUSED where all areas are in use or nobody has typed how this row protects its pages; and
// those of option_plan_set.
int option_protect_range(struct option_plan *plan, const struct region *range,
                         struct problem *problem);

// Adds that all pages can be erased and written.
int option_protect_none(struct option_plan *plan, struct problem *problem);

// The ranges that are protected once the plan is carried out, as flash_state_protected tells them.
size_t option_protect_after(const struct option_plan *plan, struct region *ranges, size_t most,
                            bool *known);

// No chip of this row takes longer to erase all of its flash.
unsigned option_protect_erase_ms(const struct target *target);

#endif
