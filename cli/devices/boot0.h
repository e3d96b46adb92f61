// boot0.h: what a board does to start a ROM: the BOOT0 pin, and a USART where there is no USB.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_BOOT0_H
#define BOOTLEAP_CLI_BOOT0_H

#include "devices.h"

#include <jansson.h>

// The entry "BOOT0" on stdout, with `pin` as its name; nothing where nobody knows the pin.
void boot0_print(const struct device *device, const char *pin);

// {"pin", "level", "counts_with", "also", "factory"}; null where nobody knows the pin.
json_t *boot0_json(const struct device *device, const char *pin);

// The entry "USB" of a device whose ROM has none: which pins to wire instead. Nothing for others.
void boot0_print_no_usb(const struct device *device);

#endif
