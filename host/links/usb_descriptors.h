// usb_descriptors.h: what libusb knows of a device without opening it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_DESCRIPTORS_H
#define BOOTLEAP_HOST_USB_DESCRIPTORS_H

#include "usb.h"

#include <libusb.h>

// Fills in all of *found but its strings and whether it may be opened. False for a hub, and for a
// device that does not say what it is.
bool usb_descriptors_read(struct usb_found *found, libusb_device *device);

#endif
