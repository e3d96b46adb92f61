// usb.h: how the application of docs/zephyr.md starts to listen to its USB host.
// SPDX-License-Identifier: MIT
#ifndef USB_H
#define USB_H

struct usbd_context;

// `usb` is the context of the application's USB device.
void listen_to_usb_host(struct usbd_context *usb);

#endif
