// check_ways.h: which ways to a branch count: those that no longer way includes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHECK_WAYS_H
#define BOOTLEAP_CHECK_CHECK_WAYS_H

#include "devices.h"
#include "walk.h"

// Whether a way that begins further up, at a caller or at the reset, leads through the function
// where this one begins, and nothing else can: no pointer to that function is in the program. Or
// whether it is a loader's jump to an application: by a table that is not known, in a program
// without any address of a ROM.
bool check_way_is_covered(const struct walk *walk, const struct rom_entry *entry);

// Whether the walk from the reset that found this way did not come to its end, and one from a
// function did: of the former only what it has seen broken counts.
bool check_way_is_seen_better(const struct walk *walk, const struct rom_entry *entry);

// Whether this way is taken on other chips only: the program has read DBGMCU_IDCODE, and compared
// it with the number of another one.
bool check_way_is_for_another(const struct device *device, const struct rom_entry *entry);

// Whether some way of this walk to a branch is taken on this row.
bool check_ways_are_own(const struct walk *walk, const struct device *device);

#endif
