// usbip_urbs.h: the transfers of a client that has imported the device, one answer each.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_USBIP_URBS_H
#define BOOTLEAP_SIM_USBIP_URBS_H

#include "usb_standard.h"
#include "usbip_link.h"

struct usbip_urbs {
    struct usbip_link *link; // NULL: nobody has imported the device
    struct usb_standard standard;
    // Those to which the device has said that it has nothing yet, the oldest first.
    struct usbip_urb waiting[USBIP_URBS_MOST];
    size_t waiting_count;
    struct usbip_urb asked; // the one that the device is asked just now
    bool is_asking;
};

// The link has imported the device.
void usbip_urbs_start(struct usbip_urbs *urbs, struct usbip_link *link,
                      const struct usb_device *device);

// Answers one transfer that has waited, or else one message. True if there was one.
bool usbip_urbs_serve(struct usbip_urbs *urbs);

// Whether a message is there.
bool usbip_urbs_has_message(const struct usbip_urbs *urbs);

// The device is gone: all that waits fails, and the client is told that nothing more comes.
void usbip_urbs_end(struct usbip_urbs *urbs);

#endif
