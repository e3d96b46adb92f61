// virtual_chip.h: the unique id by which a virtual STM32 is known.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_VIRTUAL_CHIP_H
#define BOOTLEAP_COMMON_VIRTUAL_CHIP_H

#include <stdint.h>

enum { UNIQUE_ID_BYTES = 12 };

// The unique id of each chip that bootleap-sim makes, as it lies in memory: the name of its lot is
// BOTLEAP. ST has no such lot, so no report of a virtual chip can be taken for one of silicon.
// Wafer and lot, the last eight bytes, must not change: reports outlive versions. A run may change
// the place on the wafer, the first four.
extern const uint8_t virtual_chip_id[UNIQUE_ID_BYTES];

#endif
