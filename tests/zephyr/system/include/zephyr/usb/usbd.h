// usbd.h: the messages of Zephyr's USB device stack, as far as docs/zephyr.md uses them.
// SPDX-License-Identifier: MIT
#ifndef ZEPHYR_USBD_H
#define ZEPHYR_USBD_H

#include <zephyr/drivers/uart.h>

struct usbd_context;

enum usbd_msg_type { USBD_MSG_CDC_ACM_LINE_CODING, USBD_MSG_DFU_APP_DETACH };

struct usbd_msg {
    enum usbd_msg_type type;
    const struct device *dev;
};

void usbd_msg_register_cb(struct usbd_context *usb,
                          void (*callback)(struct usbd_context *, const struct usbd_msg *));

#endif
