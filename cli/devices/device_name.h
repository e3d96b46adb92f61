// device_name.h: the device that a user means.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_DEVICE_NAME_H
#define BOOTLEAP_CLI_DEVICE_NAME_H

#include "devices.h"
#include "problem.h"

// Finds what device_find() finds, and the only device whose names begin so: STM32F042. A name with
// which those of several begin, STM32H7 or STM32F103xx, finds nothing: a guess would name the wrong
// pins. `verb` is for the suggestion. Problem: EXIT_SEVERAL_DEVICES with these devices; EXIT_USAGE
// with the nearest one, if one is near, where there is none.
int device_name_find(const char *name, const char *verb, const struct device **device,
                     struct problem *problem);

// The same for the option --device, which says nothing of several. Problem: EXIT_USAGE with the
// nearest one.
int device_name_find_option(const char *name, const struct device **device,
                            struct problem *problem);

#endif
