// usb_choice.h: which device a port of the scheme "usb:" means.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_CHOICE_H
#define BOOTLEAP_HOST_USB_CHOICE_H

#include "usb_list.h"

enum usb_choice_kind {
    USB_CHOICE_ANY,    // "usb:"
    USB_CHOICE_PATH,   // "usb:1-2.3"
    USB_CHOICE_SERIAL, // "usb:serial=357E366E3231", in letters of either case
    USB_CHOICE_ID,     // "usb:0483:df11"
};

struct usb_choice {
    enum usb_choice_kind kind;
    const char *text; // path or serial number: the end of the port
    uint16_t vendor, product;
};

// Problem: EXIT_USAGE.
int usb_choice_parse(struct usb_choice *choice, const char *port, struct problem *problem);

// Whether the device is one that is meant, whatever its roles.
bool usb_choice_fits(const struct usb_choice *choice, const struct usb_found *found);

// The one device with one of `roles` (bits of enum usb_role) that `port` means. Problems: those of
// usb_choice_parse and usb_list_each, EXIT_NO_DEVICE, and EXIT_SEVERAL_DEVICES, which names them.
int usb_choice_find(struct usb_found *found, const char *port, unsigned roles,
                    struct problem *problem);

#endif
