// application_usb.h: USB devices that stand in for the one that an application is.
// SPDX-License-Identifier: MIT
//
// They say of themselves what such an application says, and tell when their host asks for the ROM.
// Protocols: USB Class Definitions for Communications Devices 1.2, with the PSTN subclass 1.2
// (CDC-ACM); USB Device Firmware Upgrade 1.1, section 4 (the run-time interface).
#ifndef BOOTLEAP_SIM_APPLICATION_USB_H
#define BOOTLEAP_SIM_APPLICATION_USB_H

#include "usb.h"

enum application_usb_kind {
    APPLICATION_USB_NONE,
    APPLICATION_USB_CDC_ACM, // opened at 1200 baud, and DTR dropped, asks for the ROM
    APPLICATION_USB_DFU,     // DETACH does
    APPLICATION_USB_KINDS,
};

// "cdc-acm", "dfu"; NULL for none and beyond.
const char *application_usb_name(enum application_usb_kind kind);

struct application_usb {
    struct usb_device device;
    const char *strings[4];
    enum application_usb_kind kind;
    uint8_t line_coding[7]; // CDC-ACM: baud rate, stop bits, parity, data bits
    bool detached;          // DFU: it was asked to
    bool asks;              // its host has asked for the ROM: whoever acts on it clears this
};

// The device stays where it is while it is plugged in; so does `serial`.
void application_usb_open(struct application_usb *usb, enum application_usb_kind kind,
                          const char *serial);

// It is plugged in anew.
void application_usb_start(struct application_usb *usb);

#endif
