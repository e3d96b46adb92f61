// device_package.h: what the package that an ordering code names makes of a device's pins.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICE_PACKAGE_H
#define BOOTLEAP_COMMON_DEVICE_PACKAGE_H

#include "devices.h"

enum { DEVICE_PINS_BYTES = 256 };

// Pins of the ROM, "PB10 PB11", "" for none.
struct device_package {
    bool known;                    // false: the name names neither a package nor a number of pins
    char lacks[DEVICE_PINS_BYTES]; // not there, whichever package it is
    char may_lack[DEVICE_PINS_BYTES]; // not there on some: STM32G071K8 does not tell which it is
};

// The package of this ordering code, STM32G071K8T6, or of all that begin so: STM32G071K8 tells the
// number of pins and the flash size.
void device_package_find(const struct device *device, const char *code,
                         struct device_package *package);

// The pin BOOT0 of the package of this ordering code; where the code names none, all that there
// are, in words.
const char *device_package_boot0(const struct device *device, const char *code);

// Whether a list of pins has this one.
bool device_pins_have(const char *pins, const char *pin);

#endif
