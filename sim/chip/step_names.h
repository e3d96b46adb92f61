// step_names.h: the register and the bits in the name of a step back to the clock of a reset.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_STEP_NAMES_H
#define BOOTLEAP_SIM_STEP_NAMES_H

#include "devices.h"

// A name that is taken out of a longer text; its length is 0 where there is none.
struct word {
    const char *text;
    int length;
};

// "CR" of "CR: HSION", "EXTI_IMR1" of that alone; none in "latency of the flash".
struct word step_register(const struct jump_step *step);

// "HSION" of "CR: HSION"; none in "CR: as after a reset".
struct word step_bits(const struct jump_step *step);

#endif
