// usbip_urbs.c: has a USB device answer the transfers of a usbip client.
// SPDX-License-Identifier: MIT
#include "usbip_urbs.h"

#include <errno.h>
#include <string.h>

enum { ENDPOINTS = 16, DIRECTION_IN = 0x80 };

void usbip_urbs_start(struct usbip_urbs *urbs, struct usbip_link *link,
                      const struct usb_device *device)
{
    link->state = LINK_IMPORTED;
    link->until_ms = UINT64_MAX;
    *urbs = (struct usbip_urbs){.link = link};
    usb_standard_start(&urbs->standard, device);
}

// Whether it is still imported: whatever was called may have ended that.
static bool is_there(const struct usbip_urbs *urbs)
{
    return urbs->link && urbs->link->state == LINK_IMPORTED;
}

// `got` bytes were moved, or it is USB_STALL or a negative errno.
static void answer(struct usbip_urbs *urbs, const struct usbip_urb *urb, int got,
                   const uint8_t *data)
{
    uint8_t header[USBIP_HEADER];
    uint32_t length = got > 0 ? (uint32_t)got : 0;
    bool is_short = urb->in && urb->whole && length < urb->length;
    int status = got == USB_STALL ? -EPIPE : got < 0 ? got : is_short ? -EREMOTEIO : 0;

    usbip_pack_submitted(header, urb->sequence, status, length);
    usbip_link_put(urbs->link, header, sizeof header);
    if (urb->in && length) {
        usbip_link_put(urbs->link, data, length);
    }
}

// The setup packet and the transfer must agree, as they do on a bus. Only what is read may be
// wanted shorter.
static int ask_control(struct usbip_urbs *urbs, const struct usbip_urb *urb, uint8_t *data)
{
    struct usb_setup setup = urb->setup;
    bool in = (setup.type & DIRECTION_IN) && setup.length;
    int got;

    if ((setup.length || urb->length) && in != urb->in) {
        return USB_STALL;
    }
    if (in && urb->length < setup.length) {
        setup.length = (uint16_t)urb->length;
    }
    if (!in && urb->length != setup.length) {
        return USB_STALL;
    }
    got = usb_standard_control(&urbs->standard, &setup, data);
    return got < 0 ? USB_STALL : in ? got : (int)urb->length;
}

static int ask_endpoint(const struct usbip_urbs *urbs, const struct usbip_urb *urb, uint8_t *data)
{
    const struct usb_device *device = urbs->standard.device;
    uint8_t endpoint = (uint8_t)(urb->endpoint | (urb->in ? DIRECTION_IN : 0));
    uint32_t length = urb->length < USB_DATA_MOST ? urb->length : USB_DATA_MOST;
    int got;

    if (urb->endpoint >= ENDPOINTS || !device->transfer) {
        return USB_STALL;
    }
    got = device->transfer(device->context, endpoint, data, length);
    return got > (int)length ? (int)length : got;
}

// Asks the device, which may be unplugged meanwhile: then this transfer has failed already.
static int ask(struct usbip_urbs *urbs, const struct usbip_urb *urb, uint8_t *data)
{
    int got;

    urbs->asked = *urb;
    urbs->is_asking = true;
    got = urb->endpoint == 0 ? ask_control(urbs, urb, data) : ask_endpoint(urbs, urb, data);
    urbs->is_asking = false;
    return got;
}

static void forget_waiting(struct usbip_urbs *urbs, size_t number)
{
    urbs->waiting_count--;
    memmove(&urbs->waiting[number], &urbs->waiting[number + 1],
            (urbs->waiting_count - number) * sizeof urbs->waiting[0]);
}

static void unlink_urb(struct usbip_urbs *urbs, const struct usbip_urb *urb)
{
    uint8_t header[USBIP_HEADER];
    int status = 0;

    for (size_t i = 0; i < urbs->waiting_count && !status; i++) {
        if (urbs->waiting[i].sequence == urb->unlinked) {
            forget_waiting(urbs, i);
            status = -ECONNRESET;
        }
    }
    usbip_pack_unlinked(header, urb->sequence, status);
    usbip_link_put(urbs->link, header, sizeof header);
}

// Bytes that follow the header.
static uint32_t data_behind(const struct usbip_urb *urb)
{
    return urb->command == USBIP_SUBMIT && !urb->in ? urb->length : 0;
}

// Whether others wait for what this one wants to read.
static bool is_behind(const struct usbip_urbs *urbs, const struct usbip_urb *urb)
{
    for (size_t i = 0; urb->in && i < urbs->waiting_count; i++) {
        if (urbs->waiting[i].endpoint == urb->endpoint) {
            return true;
        }
    }
    return false;
}

// What is written and not taken stays where it is, and keeps what comes behind it waiting.
static void submit(struct usbip_urbs *urbs, const struct usbip_urb *urb)
{
    struct usbip_link *link = urbs->link;
    uint8_t data[USB_DATA_MOST];
    size_t behind = data_behind(urb);
    int got;

    memcpy(data, link->input + USBIP_HEADER, behind);
    got = is_behind(urbs, urb) ? USB_NAK : ask(urbs, urb, data);
    if (!is_there(urbs) || (got == USB_NAK && !urb->in)) {
        return;
    }
    usbip_link_take(link, USBIP_HEADER + behind);
    if (got != USB_NAK) {
        answer(urbs, urb, got, data);
    } else if (urbs->waiting_count < USBIP_URBS_MOST) {
        urbs->waiting[urbs->waiting_count++] = *urb;
    } else {
        answer(urbs, urb, -ENOMEM, NULL);
    }
}

// Asks once for each transfer that waits, until one has an answer. One endpoint gives what it has
// to the oldest. False if none has.
static bool ask_again(struct usbip_urbs *urbs)
{
    uint8_t data[USB_DATA_MOST];
    uint32_t asked = 0; // endpoints, a bit each

    for (size_t i = 0; i < urbs->waiting_count; i++) {
        struct usbip_urb urb = urbs->waiting[i];
        if (asked >> urb.endpoint & 1) {
            continue;
        }
        asked |= 1u << urb.endpoint;
        int got = ask(urbs, &urb, data);
        if (!is_there(urbs)) {
            return true;
        }
        if (got != USB_NAK) {
            forget_waiting(urbs, i);
            answer(urbs, &urb, got, data);
            return true;
        }
    }
    return false;
}

bool usbip_urbs_has_message(const struct usbip_urbs *urbs)
{
    struct usbip_urb urb;
    uint32_t behind;

    if (!is_there(urbs) || urbs->link->count < USBIP_HEADER || !usbip_link_is_empty(urbs->link)) {
        return false;
    }
    if (!usbip_parse_urb(urbs->link->input, &urb)) {
        return true;
    }
    behind = data_behind(&urb);
    return behind > USB_DATA_MOST || urbs->link->count >= USBIP_HEADER + behind;
}

bool usbip_urbs_serve(struct usbip_urbs *urbs)
{
    struct usbip_urb urb;

    if (!is_there(urbs) || !usbip_link_is_empty(urbs->link)) {
        return false;
    }
    if (ask_again(urbs)) {
        return true;
    }
    if (!usbip_urbs_has_message(urbs)) {
        return false;
    }
    if (!usbip_parse_urb(urbs->link->input, &urb)) {
        usbip_urbs_end(urbs); // who does not speak the protocol is hung up on
    } else if (data_behind(&urb) > USB_DATA_MOST) {
        usbip_link_take(urbs->link, USBIP_HEADER);
        usbip_link_skip(urbs->link, urb.length);
        answer(urbs, &urb, -EMSGSIZE, NULL);
    } else if (urb.command == USBIP_UNLINK) {
        usbip_link_take(urbs->link, USBIP_HEADER);
        unlink_urb(urbs, &urb);
    } else {
        submit(urbs, &urb);
    }
    return true;
}

void usbip_urbs_end(struct usbip_urbs *urbs)
{
    if (is_there(urbs)) {
        if (urbs->is_asking) {
            answer(urbs, &urbs->asked, -ESHUTDOWN, NULL);
        }
        for (size_t i = 0; i < urbs->waiting_count; i++) {
            answer(urbs, &urbs->waiting[i], -ESHUTDOWN, NULL);
        }
        usbip_link_leave(urbs->link);
    }
    urbs->link = NULL;
    urbs->waiting_count = 0;
}
