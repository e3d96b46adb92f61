// flash_options.h: the options of `bootleap-sim run` that say which part of its line the chip is.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_FLASH_OPTIONS_H
#define BOOTLEAP_SIM_FLASH_OPTIONS_H

#include "option_table.h"

// They fill in a struct scenario; ended by a row without a name.
extern const struct option_row flash_options[];

#endif
