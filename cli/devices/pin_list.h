// pin_list.h: the pins that a device's ROM uses, sorted.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_PIN_LIST_H
#define BOOTLEAP_CLI_PIN_LIST_H

#include "device_package.h"
#include "devices.h"

#include <stdbool.h>

// What the ROM does with one pin, for one interface.
struct pin_use {
    const char *pin;                       // "PD8"
    const struct rom_interface *interface; // NULL: the ROM changes the pin and does not use it
    const char *signal;                    // "TX"
    enum pin_mode mode;
    enum pin_pull pull;
    const char *packages; // as in struct rom_interface
    uint32_t versions;    // bit i: holds for rom_ids[i] of the device
    bool missing;         // the package that pin_list_mark() was told of does not bring it out
    bool doubtful;        // some packages that it may be do not
};

// Every use of every pin, by port, number and interface. Uses that differ in the ROM version
// alone are one. To be freed; NULL if there is no memory.
struct pin_use *pin_list(const struct device *device, size_t *count);

// Marks those that this package does not have, or may not have.
void pin_list_mark(struct pin_use *uses, size_t count, const struct device_package *package);

// All bits of `versions` that this device has.
uint32_t pin_list_all_versions(const struct device *device);

#endif
