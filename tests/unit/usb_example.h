// usb_example.h: a small USB device for tests of what stands between a device and its host.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_USB_EXAMPLE_H
#define BOOTLEAP_TESTS_USB_EXAMPLE_H

#include "usb.h"

enum {
    EXAMPLE_READ = 0x01, // vendor requests: 4 bytes of usb_example.memory,
    EXAMPLE_WRITE = 0x02,
    EXAMPLE_LEAVE = 0x03,  // ... the device is unplugged before it has answered,
    EXAMPLE_LONG = 0x04,   // ... it claims to have sent more than was asked for
    EXAMPLE_BULK_IN = 1,   // endpoints: gives `ready` bytes, or has nothing yet
    EXAMPLE_BULK_OUT = 2,  // takes all
    EXAMPLE_ALTERNATES = 2 // of interface 0; there is one more interface, with one
};

struct usb_example {
    struct usb_device device;
    const struct usb_socket *socket; // where it is plugged in, or NULL
    uint8_t memory[4];
    uint32_t ready;        // bytes that wait for the host
    unsigned naks;         // so many times it has nothing all the same
    uint32_t taken;        // bytes that the host has sent to the bulk endpoint
    unsigned alternate;    // of interface 0, as the device was told
    bool refuses_settings; // SET_INTERFACE is stalled
};

// It stays where it is while it is plugged in.
void usb_example_open(struct usb_example *example);

#endif
