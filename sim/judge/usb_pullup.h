// usb_pullup.h: since when the pull-ups on USB's D+ are off, so that a host has noticed.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_USB_PULLUP_H
#define BOOTLEAP_SIM_USB_PULLUP_H

#include <stdbool.h>
#include <stdint.h>

struct chip;

struct usb_pullup {
    bool was_on;        // since the last reset
    bool off;           // now, with the system clock that a reset starts with
    uint64_t off_since; // instructions
};

// To be called after whatever can change it.
void usb_pullup_look(struct usb_pullup *usb, const struct chip *chip);

// How many cycles of the clock of a reset it must be off: 10 ms.
uint64_t usb_pullup_cycles_required(const struct chip *chip);

// For how many it is; UINT64_MAX where it was never on.
uint64_t usb_pullup_cycles_off(const struct usb_pullup *usb, const struct chip *chip);

#endif
