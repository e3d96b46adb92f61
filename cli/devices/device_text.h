// device_text.h: all that the table knows of a device, for people.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_DEVICE_TEXT_H
#define BOOTLEAP_CLI_DEVICE_TEXT_H

#include "devices.h"

// Writes to stdout.
void device_text_print(const struct device *device);

// The entries "source", one for each source of this group of facts; of all if `group` is NULL.
void device_text_sources(const struct device *device, const char *group);

#endif
