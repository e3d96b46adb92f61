// target_unique_id.h: the number that no other chip has.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_TARGET_UNIQUE_ID_H
#define BOOTLEAP_HOST_TARGET_UNIQUE_ID_H

#include "target.h"

enum { TARGET_UNIQUE_ID_BYTES = 25 };

// 24 digits, in the order of the addresses; "" where nobody knows where it is, the chip does not
// show it, or it is blank. Problems: those of read, but for EXIT_REFUSED.
int target_unique_id(const struct target *target, char text[TARGET_UNIQUE_ID_BYTES],
                     struct problem *problem);

#endif
