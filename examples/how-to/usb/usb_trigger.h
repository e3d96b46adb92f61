// usb_trigger.h: two requests of a USB host that ask for the ROM, for the callbacks of any stack.
// SPDX-License-Identifier: MIT
//
// The trigger alone: no USB in it. The functions that a stack calls only take note, because they
// run before the stack has answered the request: the reset must not cut off the status stage.
#ifndef USB_TRIGGER_H
#define USB_TRIGGER_H

#include <stdint.h>

// How long the answer may take on its way to the host.
enum { USB_TRIGGER_DELAY_MS = 50 };

struct usb_trigger {
    uint32_t baud;
    uint32_t since; // when it was asked, in milliseconds
    uint8_t dtr;    // the last one
    uint8_t asked;
};

// CDC: SET_LINE_CODING, from the callback that gets the line coding.
void usb_trigger_line_coding(struct usb_trigger *trigger, uint32_t baud);
// CDC: SET_CONTROL_LINE_STATE; `dtr` is bit 0 of wValue. At 1200 baud its fall asks for the ROM.
void usb_trigger_line_state(struct usb_trigger *trigger, int dtr, uint32_t now_ms);
// DFU, run-time mode: DETACH.
void usb_trigger_detach(struct usb_trigger *trigger, uint32_t now_ms);

// From the main loop: true once it is time to call bootleap_enter().
int usb_trigger_due(const struct usb_trigger *trigger, uint32_t now_ms);

#endif
