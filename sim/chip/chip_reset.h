// chip_reset.h: the kinds of reset, and who starts after one.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_RESET_H
#define BOOTLEAP_SIM_CHIP_RESET_H

#include "chip_state.h"
#include "problem.h"

// Resets the chip. RAM and flash keep their contents, except that power-on makes RAM noise;
// power-on, brown-out and RESET_OPTION latch the EMPTY flag.
int chip_reset(struct chip *chip, enum reset_kind kind, struct problem *problem);

// "power-on", "pin", ...
const char *chip_reset_name(enum reset_kind kind);

// Who starts after the reset that just happened. At readout protection level 2, and where the
// product state is past Open, the BOOT0 pin counts for nothing (AN2606 Rev 70, Section 4.1 and
// pattern 17 of Table 2).
enum boot chip_boot(const struct chip *chip);

#endif
