// usb.h: one USB device: its control transfers, and the strings that it has of itself.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_H
#define BOOTLEAP_HOST_USB_H

#include "monitor.h"
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    USB_PATH_BYTES = 32,
    USB_TEXT_BYTES = 192,    // a string has at most 126 characters
    USB_SETTINGS = 8,        // alternate settings of which the string is known
    USB_CLASS_BYTES = 64,    // descriptors of a class that stand behind an interface's
    USB_TRANSFER_MOST = 4096 // bytes of one control transfer: Linux takes no more
};

// What a device has to offer. Bits.
enum usb_role {
    USB_ROLE_DFU = 1,     // it waits for firmware: DFU mode
    USB_ROLE_RUNTIME = 2, // an application that DFU_DETACH sends to its DFU mode
    USB_ROLE_SERIAL = 4,  // a serial port (CDC-ACM)
};

// A device that is plugged in, as its descriptors describe it.
struct usb_found {
    uint16_t vendor, product;
    uint16_t release;            // bcdDevice
    unsigned roles;              // bits of enum usb_role
    char path[USB_PATH_BYTES];   // "1-2.3": bus, then the port of each hub. It stays the same when
                                 // the device leaves and comes back
    unsigned bus, address;       // where it is now: another address each time that it comes
    char serial[USB_TEXT_BYTES]; // "" where it has none, or nobody may ask
    char name[USB_TEXT_BYTES];   // the product string, "" likewise
    // Of its DFU interface, in either mode:
    uint8_t interface;
    uint8_t setting_count;               // alternate settings, at most USB_SETTINGS
    uint8_t setting_names[USB_SETTINGS]; // number of the string of each; 0: it has none
    uint8_t class_size;
    uint8_t class_bytes[USB_CLASS_BYTES]; // the functional descriptor, and what stands beside it
};

// What comes of a transfer that carries nothing.
enum usb_error {
    USB_GONE = -1,    // the device is not there any more
    USB_STALLED = -2, // it refuses the request
    USB_TIMEOUT = -3,
    USB_FAILED = -4, // anything else
};

struct usb;

// Opens a device at its path, if it is still the same one, and claims its DFU interface, which
// nobody else can until usb_close. Problems: EXIT_NO_DEVICE where it is gone, EXIT_FAILED where the
// system or another program does not let us.
int usb_open(struct usb **usb, const struct usb_found *found, struct problem *problem);

// Whether the system lets us open it. Nothing is claimed.
bool usb_may_open(const struct usb_found *found);

// May be called with NULL.
void usb_close(struct usb *usb);

// From now on `monitor` is told each transfer. It and `port`, for its frames, stay the caller's.
void usb_monitor(struct usb *usb, const struct monitor *monitor, const char *port);

// One request of the class to the claimed interface. Data go to the device, or come from it: then
// they may be fewer than `size`, which is at most USB_TRANSFER_MOST. Returns how many, or an enum
// usb_error.
int usb_send(struct usb *usb, uint8_t request, uint16_t value, const uint8_t *bytes, unsigned size,
             unsigned timeout_ms);
int usb_fetch(struct usb *usb, uint8_t request, uint16_t value, uint8_t *bytes, unsigned size,
              unsigned timeout_ms);

// Chooses an alternate setting of the claimed interface. 0, or an enum usb_error.
int usb_choose_setting(struct usb *usb, uint8_t setting);

// Reads the string with this number as UTF-8. Returns how many bytes it has, or an enum usb_error;
// `text` is "" then.
int usb_string(struct usb *usb, uint8_t number, char text[USB_TEXT_BYTES]);

// Resets the device, as one that does not leave by itself after DFU_DETACH asks for. It may be gone
// then, or be another one.
void usb_reset(struct usb *usb);

// Control transfers so far, whatever came of them.
size_t usb_transfers(const struct usb *usb);

#endif
