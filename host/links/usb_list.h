// usb_list.h: the USB devices of this computer that wait for firmware, or could be asked to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_LIST_H
#define BOOTLEAP_HOST_USB_LIST_H

#include "usb.h"

// Calls `visit` for each device with a role, sorted by path; what it gets is gone afterwards. No
// device is changed, and one is opened only where the system does not know its strings.
// Problem: EXIT_FAILED.
int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem);

#endif
