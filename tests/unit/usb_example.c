// usb_example.c: answers requests of a few kinds, each the simplest of its kind.
// SPDX-License-Identifier: MIT
#include "usb_example.h"

#include <string.h>

enum { VENDOR_OUT = 0x40, VENDOR_IN = 0xC0, SET_INTERFACE = 11, LONGER = 1000 };

static const uint8_t device_descriptor[18] = {
    18, 1, 0x00, 0x02, 0xFF, 1, 2, 64, 0x34, 0x12, 0x78, 0x56, 0x21, 0x43, 1, 2, 3, 1,
};

static const uint8_t configuration[] = {
    9, 2, 50,   0,    2,  7,    0,    0x80, 50, // configuration 7, powered by the bus
    9, 4, 0,    0,    0,  0xFE, 0x01, 0x02, 0,  // interface 0, setting 0
    9, 4, 0,    1,    0,  0xFE, 0x01, 0x02, 0,  // ... setting 1
    9, 4, 1,    0,    2,  0xFF, 0x00, 0x00, 0,  // interface 1
    7, 5, 0x81, 0x02, 64, 0,    0,              // ... and two endpoints
    7, 5, 0x02, 0x02, 64, 0,    0,
};

// "é" is two bytes of UTF-8, the clef is four, which are two units of UTF-16.
static const char *const strings[] = {"caf\xC3\xA9", "\xF0\x9D\x84\x9E", "42", "\xFF!", NULL};

static int control(void *context, const struct usb_setup *setup, uint8_t *data)
{
    struct usb_example *example = context;

    if (setup->type == 1 && setup->request == SET_INTERFACE) {
        if (example->refuses_settings) {
            return USB_STALL;
        }
        example->alternate = setup->value;
        return 0;
    }
    if (setup->type == VENDOR_OUT && setup->request == EXAMPLE_WRITE && setup->length == 4) {
        memcpy(example->memory, data, 4);
        return 0;
    }
    if (setup->type != VENDOR_IN || setup->length < 4) {
        return USB_STALL;
    }
    memcpy(data, example->memory, 4);
    switch (setup->request) {
    case EXAMPLE_READ:
        return 4;
    case EXAMPLE_LEAVE:
        example->socket->unplug(example->socket->context);
        return 4;
    case EXAMPLE_LONG:
        memset(data, 0x55, setup->length);
        return LONGER;
    default:
        return USB_STALL;
    }
}

static int transfer(void *context, uint8_t endpoint, uint8_t *data, uint32_t length)
{
    struct usb_example *example = context;
    uint32_t count = example->ready < length ? example->ready : length;

    if (endpoint == EXAMPLE_BULK_OUT) {
        example->taken += length;
        return (int)length;
    }
    if (endpoint != (0x80 | EXAMPLE_BULK_IN)) {
        return USB_STALL;
    }
    if (example->ready == 0 || example->naks) {
        example->naks -= example->naks > 0;
        return USB_NAK;
    }
    memset(data, 0xA5, count);
    example->ready -= count;
    return (int)count;
}

void usb_example_open(struct usb_example *example)
{
    *example = (struct usb_example){
        .device = {device_descriptor, configuration, strings, example, control, transfer},
        .memory = {1, 2, 3, 4},
    };
}
