// device_name.h: the device that a user means: one answer for all programs.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICE_NAME_H
#define BOOTLEAP_COMMON_DEVICE_NAME_H

#include "devices.h"
#include "problem.h"

// How a user asks again, for the suggestion of a problem.
struct device_asked {
    const char *again; // what stands before the name: "bootleap pins", "--device"
    const char *all;   // what lists all devices: "bootleap devices"
};

// Finds what device_find() finds, and the only device whose names begin so: STM32F042. A name with
// which those of several begin, STM32H7 or STM32F103xx, finds nothing: a guess would name the wrong
// pins. Problem: EXIT_SEVERAL_DEVICES with these devices; EXIT_USAGE with the nearest one, if one
// is near, where there is none, and where the name is empty.
int device_name_find(const char *name, const struct device_asked *asked,
                     const struct device **device, struct problem *problem);

// The same for the option --device, where every problem is EXIT_USAGE.
int device_name_find_option(const char *name, const char *all, const struct device **device,
                            struct problem *problem);

#endif
