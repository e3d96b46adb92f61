// usb_standard.h: answers the standard requests of a USB device's host from its descriptors.
// SPDX-License-Identifier: MIT
//
// Universal Serial Bus Specification Rev 2.0, sections 9.4 and 9.6.7.
#ifndef BOOTLEAP_SIM_USB_STANDARD_H
#define BOOTLEAP_SIM_USB_STANDARD_H

#include "usb_descriptor.h"

// A device that is plugged in, as its host has set it up.
struct usb_standard {
    const struct usb_device *device;
    uint8_t configuration; // 0: not configured
    uint8_t alternates[USB_INTERFACES_MOST];
};

// As it comes to a host: not configured.
void usb_standard_start(struct usb_standard *standard, const struct usb_device *device);

// A control transfer: the device answers what is none of the standard requests, and hears of
// SET_INTERFACE. `data` has room for USB_DATA_MOST bytes, which is also the longest transfer.
// Returns as usb_device's `control`.
int usb_standard_control(struct usb_standard *standard, const struct usb_setup *setup,
                         uint8_t *data);

#endif
