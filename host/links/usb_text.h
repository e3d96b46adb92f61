// usb_text.h: the text of a USB string descriptor.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_TEXT_H
#define BOOTLEAP_HOST_USB_TEXT_H

#include "usb.h"

// Writes what `size` bytes of a string descriptor say, header included, as UTF-8 to `text`. They
// should be UTF-16, low byte first; some devices have 8-bit characters there, and one has a length
// in its header that is longer than what comes: what has come counts. What does not print is "?".
// Returns the length of the text.
unsigned usb_text(const uint8_t *descriptor, unsigned size, char text[USB_TEXT_BYTES]);

#endif
