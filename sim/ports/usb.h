// usb.h: a USB device as its host sees it, and the socket that it is plugged into.
// SPDX-License-Identifier: MIT
//
// The chip's USB peripheral is not modelled. What is here stands above it: control requests with
// their data, and whole transfers of other endpoints.
#ifndef BOOTLEAP_SIM_USB_H
#define BOOTLEAP_SIM_USB_H

#include <stdbool.h>
#include <stdint.h>

enum {
    USB_STALL = -1,       // the device refuses the request
    USB_NAK = -2,         // it has nothing yet: the host asks again
    USB_DATA_MOST = 4096, // of one transfer
};

// The eight bytes that begin a control transfer (USB 2.0, Table 9-2).
struct usb_setup {
    uint8_t type, request;
    uint16_t value, index, length;
};

// A device that can be plugged in. It stays where it is until it is unplugged.
struct usb_device {
    const uint8_t *device;        // descriptor, 18 bytes
    const uint8_t *configuration; // the only one, with all that belongs to it: wTotalLength bytes
    const char *const *strings;   // [0] is string 1, UTF-8; ends with NULL
    void *context;
    // A request that is none of the standard ones, and SET_INTERFACE: `data` has what the host
    // sends, or takes what it gets, at most setup->length bytes. Returns how many it gets (0 where
    // it sends), or USB_STALL.
    int (*control)(void *context, const struct usb_setup *setup, uint8_t *data);
    // A transfer of another endpoint, whose bit 7 is set where the host reads. Returns how many
    // bytes, USB_STALL or USB_NAK. NULL: there is no such endpoint.
    int (*transfer)(void *context, uint8_t endpoint, uint8_t *data, uint32_t length);
};

// Where a device meets its host.
struct usb_socket {
    void *context;
    // Only one is plugged in at a time.
    void (*plug)(void *context, const struct usb_device *device);
    // What the host has asked and got no answer to, fails. Nothing where none is plugged in.
    void (*unplug)(void *context);
    // Has the device answer at most one request of the host. True if it had one: enumeration, too.
    bool (*serve)(void *context);
    // Waits until a request is there, at most `ms` milliseconds.
    void (*wait)(void *context, int ms);
};

#endif
