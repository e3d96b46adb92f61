// runnable.h: whether this simulator can be a chip at all.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUNNABLE_H
#define BOOTLEAP_SIM_RUNNABLE_H

#include "devices.h"

// Why this device cannot be run, NULL if it can.
const char *runnable_why_not(const struct device *device);

#endif
