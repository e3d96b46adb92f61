// choice.h: which of its loads a loop waits for.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHOICE_H
#define BOOTLEAP_SIM_CHOICE_H

#include "chip.h"
#include "loop.h"

// Where it looks: at registers, at what comes from outside the chip, or at variables.
enum choice { CHOICE_REGISTER, CHOICE_INPUT, CHOICE_MEMORY };

// False where the loop has no such load. Of a register that is read in several places all bits are
// in *found that the loop may end by.
bool choice_of(const struct chip *chip, const struct loop *loop, enum choice kind,
               struct load *found);

#endif
