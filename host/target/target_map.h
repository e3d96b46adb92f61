// target_map.h: identifies a chip whose bootloader has no product id.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_TARGET_MAP_H
#define BOOTLEAP_HOST_TARGET_MAP_H

#include "target_state.h"

// Which rows have the flash that the bootloader tells of, and of those the one whose ROM's version
// byte stands where the row says. Fills in device and rom_id, or where several rows remain, these;
// where nobody may read the ROM they are those that the map leaves. Where somebody says which it
// is (`wanted`, or NULL) that row is looked at first. Problems: those of read, but for
// EXIT_REFUSED.
int target_map_identify(struct target *target, const struct device *wanted,
                        struct problem *problem);

// Takes this one of the rows that remain. Refuses it where the map or the ROM speaks against it.
// Problem: EXIT_USAGE.
int target_map_take(struct target *target, const struct device *wanted, struct problem *problem);

// What to say of a target without a device. Returns the exit code.
int target_map_unknown(const struct target *target, struct problem *problem);

#endif
