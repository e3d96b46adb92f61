// usb_ids.h: USB ids that say what a device is.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_IDS_H
#define BOOTLEAP_HOST_USB_IDS_H

#include <stdint.h>

enum usb_id_kind {
    USB_ID_UNKNOWN,
    USB_ID_ROM,         // the ROM of an STM32, ready to be flashed
    USB_ID_APPLICATION, // an id of ST's that applications use
    USB_ID_ADAPTER,     // a serial adapter or a debug probe: no ROM ever appears in its place
    USB_ID_CLONE,       // the ROM of another maker's chip that is like an STM32
};

struct usb_id {
    uint16_t vendor, product;
    enum usb_id_kind kind;
    const char *name;
    const char *driver; // of Linux, that makes a serial port of it; NULL: it has none
};

// The entry of this id; NULL where the list does not have it.
const struct usb_id *usb_id_find(uint16_t vendor, uint16_t product);

// One after the other; NULL beyond.
const struct usb_id *usb_id_at(unsigned index);

#endif
