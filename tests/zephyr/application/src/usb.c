// usb.c: a USB host asks for the system bootloader: 1200 baud, or DFU's DETACH (docs/zephyr.md).
// SPDX-License-Identifier: MIT
#include <zephyr/drivers/uart.h>
#include <zephyr/kernel.h>
#include <zephyr/usb/usbd.h>

#include "bootleap.h"
#include "usb.h"

static void enter(struct k_work *work)
{
    ARG_UNUSED(work);
    bootleap_enter();
}

static K_WORK_DELAYABLE_DEFINE(enter_later, enter);

static void on_usb(struct usbd_context *const usb, const struct usbd_msg *const message)
{
    uint32_t baud = 0;

    ARG_UNUSED(usb);
    if (message->type == USBD_MSG_CDC_ACM_LINE_CODING) {
        uart_line_ctrl_get(message->dev, UART_LINE_CTRL_BAUD_RATE, &baud);
    }
    if (baud == 1200 || message->type == USBD_MSG_DFU_APP_DETACH) {
        k_work_schedule(&enter_later, K_MSEC(50)); // the host's request is answered first
    }
}

void listen_to_usb_host(struct usbd_context *usb)
{
    usbd_msg_register_cb(usb, on_usb);
}
