// target.h: the chip at the other end: its bootloader, and its row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_TARGET_H
#define BOOTLEAP_HOST_TARGET_H

#include "target_state.h"

// Which device an identified bootloader belongs to, which is told what its version does otherwise
// than its protocol says. A ROM that refuses to be read is no problem. Where several devices fit
// one without product id, target_require_device decides.
// Problems: those of read.
int target_identify(struct target *target, struct bootloader *bootloader, struct problem *problem);

// The same, where somebody says which device it is (NULL: nobody does): without a product id fewer
// reads find that out. target_require_device afterwards.
int target_identify_as(struct target *target, struct bootloader *bootloader,
                       const struct device *wanted, struct problem *problem);

// Refuses a chip that the table does not have, and one that is not `wanted` (NULL: any). Where
// several devices share the product id, `wanted` decides; where they differ in it and nobody is
// wanted, that is EXIT_SEVERAL_DEVICES. Problem: EXIT_USAGE.
int target_require_device(struct target *target, const struct device *wanted,
                          struct problem *problem);

// Whether the ROM has let any byte be read so far. One under readout protection lets none.
bool target_shows_something(const struct target *target);

// The product id: the bootloader's, or the device's where it says none; 0: unknown.
uint16_t target_product(const struct target *target);

// Refuses a bootloader that lacks one of these operations (bits). Problem: EXIT_REFUSED.
int target_require_operations(const struct target *target, unsigned operations,
                              struct problem *problem);

// Asks the ROM how large the flash of this chip is, how its option bytes lay it out, and what of it
// is protected, and fills in the rest of the target. `named` is the text of --device, or NULL. Only
// reads, a few dozen bytes; what the ROM refuses stays unknown. Of a size that is named and one
// that is asked the smaller counts. Without a device it asks nothing. Problems: those of read, but
// for EXIT_REFUSED.
int target_ask(struct target *target, const char *named, struct problem *problem);

// Takes the flash for as large as that of the line's largest chip: for --force. What the option
// bits say of the pages stays.
void target_take_largest(struct target *target);

// Refuses a chip whose readout protection is known to be on, and one whose banks are swapped:
// nobody has published which numbers its ROM gives to their pages then. Problem: EXIT_REFUSED.
int target_require_open(const struct target *target, struct problem *problem);

// The protected range that a range shares bytes with; NULL if there is none.
const struct region *target_protected_at(const struct target *target, const struct region *range);

// Refuses pages that are protected, and names them, before anything is erased. `pages` are `count`
// of this chip's, in order. Problem: EXIT_REFUSED.
int target_require_unprotected(const struct target *target, const struct region *pages,
                               size_t count, struct problem *problem);

#endif
