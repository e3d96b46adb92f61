// target.h: the chip at the other end: its bootloader, and its row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_TARGET_H
#define BOOTLEAP_CLI_TARGET_H

#include "bootloader.h"
#include "devices.h"
#include "flash_layout.h"

struct target {
    struct bootloader *bootloader;
    const struct device *device; // NULL where the table has no such product id
    uint8_t rom_id;              // ID byte of the ROM version, 0x92 is V9.2; 0: not readable
    struct flash_layout layout;  // the row's, until the chip has been asked; empty without a device
};

// Which device an identified bootloader belongs to. A ROM that refuses to be read is no problem.
// Problems: those of read.
int target_identify(struct target *target, struct bootloader *bootloader, struct problem *problem);

// Refuses a chip that the table does not have, and one that is not `wanted` (NULL: any). Where
// several devices share the product id, `wanted` decides. Problem: EXIT_USAGE.
int target_require_device(struct target *target, const struct device *wanted,
                          struct problem *problem);

// Refuses a bootloader that lacks one of these operations (bits). Problem: EXIT_REFUSED.
int target_require_operations(const struct target *target, unsigned operations,
                              struct problem *problem);

#endif
