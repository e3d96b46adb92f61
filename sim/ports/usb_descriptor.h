// usb_descriptor.h: what is at which place in a USB device's descriptors.
// SPDX-License-Identifier: MIT
//
// Universal Serial Bus Specification Rev 2.0, section 9.6.
#ifndef BOOTLEAP_SIM_USB_DESCRIPTOR_H
#define BOOTLEAP_SIM_USB_DESCRIPTOR_H

#include "usb.h"

#include <stddef.h>

enum usb_descriptor_type {
    USB_DESCRIPTOR_DEVICE = 1,
    USB_DESCRIPTOR_CONFIGURATION = 2,
    USB_DESCRIPTOR_STRING = 3,
    USB_DESCRIPTOR_INTERFACE = 4,
};

// Offsets in them.
enum {
    USB_DEVICE_CLASS = 4,
    USB_DEVICE_VENDOR = 8, // followed by product and release
    USB_DEVICE_CONFIGURATIONS = 17,
    USB_CONFIGURATION_TOTAL = 2,
    USB_CONFIGURATION_VALUE = 5,
    USB_CONFIGURATION_ATTRIBUTES = 7,
    USB_INTERFACE_NUMBER = 2,
    USB_INTERFACE_ALTERNATE = 3,
    USB_INTERFACE_CLASS = 5,
};

enum { USB_INTERFACES_MOST = 32 }; // that this side looks at

// wTotalLength of the configuration.
unsigned usb_total_length(const struct usb_device *device);

// The descriptors of the interfaces, each at its alternate setting 0. Returns how many.
size_t usb_interfaces(const struct usb_device *device,
                      const uint8_t *interfaces[USB_INTERFACES_MOST]);

// Whether the configuration has this alternate setting of this interface.
bool usb_has_alternate(const struct usb_device *device, unsigned interface, unsigned alternate);

#endif
