// usb_trigger.c: takes note of what the host asked for, and says when it is time.
// SPDX-License-Identifier: MIT
#include "usb_trigger.h"

enum { TOUCH_BAUD = 1200 };

static void ask(struct usb_trigger *trigger, uint32_t now_ms)
{
    if (!trigger->asked) {
        trigger->asked = 1;
        trigger->since = now_ms;
    }
}

void usb_trigger_line_coding(struct usb_trigger *trigger, uint32_t baud)
{
    trigger->baud = baud;
}

void usb_trigger_line_state(struct usb_trigger *trigger, int dtr, uint32_t now_ms)
{
    int falls = trigger->dtr && !dtr;

    trigger->dtr = dtr != 0;
    if (falls && trigger->baud == TOUCH_BAUD) {
        ask(trigger, now_ms);
    }
}

void usb_trigger_detach(struct usb_trigger *trigger, uint32_t now_ms)
{
    ask(trigger, now_ms);
}

int usb_trigger_due(const struct usb_trigger *trigger, uint32_t now_ms)
{
    return trigger->asked && now_ms - trigger->since >= USB_TRIGGER_DELAY_MS;
}
