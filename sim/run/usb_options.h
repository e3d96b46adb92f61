// usb_options.h: the options of a run that is a USB device for programs outside.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_USB_OPTIONS_H
#define BOOTLEAP_SIM_USB_OPTIONS_H

#include "option_table.h"
#include "scenario.h"

// Rows of `bootleap-sim run`; ends with a name NULL.
extern const struct option_row usb_options[];

// What they say of each other and of the chip: 0, or the exit code that is in *problem.
int usb_options_check(const struct scenario *scenario, struct problem *problem);

#endif
