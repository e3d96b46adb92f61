// before.h: the sentence that says what was polled in vain before.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BEFORE_H
#define BOOTLEAP_SIM_BEFORE_H

#include "chip.h"
#include "where_record.h"

// Fills in the text; the rest is there.
void before_say(const struct chip *chip, struct polled *polled);

#endif
