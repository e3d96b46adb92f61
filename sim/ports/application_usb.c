// application_usb.c: descriptors and requests of the devices that stand in for an application's.
// SPDX-License-Identifier: MIT
#include "application_usb.h"

#include <string.h>

// Of bRequest: the class's.
enum {
    CDC_SET_LINE_CODING = 0x20,
    CDC_GET_LINE_CODING = 0x21,
    CDC_SET_CONTROL_LINE_STATE = 0x22,
    DFU_DETACH = 0,
    DFU_GET_STATUS = 3,
    DFU_GET_STATE = 5,
};

enum {
    CLASS_TO_INTERFACE = 0x21,
    CLASS_FROM_INTERFACE = 0xA1,
    SET_INTERFACE = 11, // a standard request of which devices hear
    TO_INTERFACE = 0x01,
    DTR = 1,
    ASKS_BAUD = 1200, // as Arduino's tools ask
    APP_IDLE = 0,
    APP_DETACH = 1,
    STATUS_LENGTH = 6,
    NOTICES = 0x82, // endpoints of CDC-ACM
    DATA_IN = 0x81,
    DATA_OUT = 0x01,
};

// 0483:5740, as ST's examples have it.
static const uint8_t cdc_device[18] = {
    18, 1, 0x00, 0x02, 0x02, 0, 0, 64, 0x83, 0x04, 0x40, 0x57, 0x00, 0x01, 1, 2, 3, 1,
};

static const uint8_t cdc_configuration[] = {
    9,
    2,
    67,
    0,
    2,
    1,
    0,
    0xC0,
    50, // configuration 1, self-powered, 100 mA
    9,
    4,
    0,
    0,
    1,
    0x02,
    0x02,
    0x01,
    0, // interface 0: communication, abstract
       // control
    5,
    0x24,
    0x00,
    0x10,
    0x01, // header, CDC 1.10
    5,
    0x24,
    0x01,
    0x00,
    1, // call management: none
    4,
    0x24,
    0x02,
    0x02, // line coding and line state
    5,
    0x24,
    0x06,
    0,
    1, // union of both interfaces
    7,
    5,
    NOTICES,
    0x03,
    8,
    0,
    16, // interrupt
    9,
    4,
    1,
    0,
    2,
    0x0A,
    0x00,
    0x00,
    0, // interface 1: data
    7,
    5,
    DATA_OUT,
    0x02,
    64,
    0,
    0,
    7,
    5,
    DATA_IN,
    0x02,
    64,
    0,
    0,
};

// pid.codes has 1209:0001 for tests: what tells the device is its interface.
static const uint8_t dfu_device[18] = {
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x09, 0x12, 0x01, 0x00, 0x00, 0x01, 1, 2, 3, 1,
};

static const uint8_t dfu_configuration[] = {
    9, 2,    27,   0,    1,    1,    0,    0xC0, 50, // configuration 1, self-powered, 100 mA
    9, 4,    0,    0,    0,    0xFE, 0x01, 0x01, 2,  // interface 0: DFU, run time
    9, 0x21, 0x0B, 0xE8, 0x03, 0x00, 0x08, 0x10, 1   // it detaches by itself, within 1 s; DFU 1.1
};

const char *application_usb_name(enum application_usb_kind kind)
{
    static const char *const names[APPLICATION_USB_KINDS] = {
        [APPLICATION_USB_CDC_ACM] = "cdc-acm", [APPLICATION_USB_DFU] = "dfu"};

    return kind < APPLICATION_USB_KINDS ? names[kind] : NULL;
}

static uint32_t baud_of(const struct application_usb *usb)
{
    const uint8_t *baud = usb->line_coding;

    return baud[0] | (uint32_t)baud[1] << 8 | (uint32_t)baud[2] << 16 | (uint32_t)baud[3] << 24;
}

static int cdc_control(void *context, const struct usb_setup *setup, uint8_t *data)
{
    struct application_usb *usb = context;
    uint8_t *coding = usb->line_coding;

    if (setup->type == TO_INTERFACE && setup->request == SET_INTERFACE) {
        return 0;
    }
    if (setup->type == CLASS_TO_INTERFACE && setup->request == CDC_SET_LINE_CODING &&
        setup->length == sizeof usb->line_coding) {
        memcpy(coding, data, sizeof usb->line_coding);
        return 0;
    }
    if (setup->type == CLASS_FROM_INTERFACE && setup->request == CDC_GET_LINE_CODING) {
        int length =
            setup->length < sizeof usb->line_coding ? setup->length : (int)sizeof usb->line_coding;
        memcpy(data, coding, (size_t)length);
        return length;
    }
    if (setup->type == CLASS_TO_INTERFACE && setup->request == CDC_SET_CONTROL_LINE_STATE) {
        usb->asks |= !(setup->value & DTR) && baud_of(usb) == ASKS_BAUD;
        return 0;
    }
    return USB_STALL;
}

// It takes all and says nothing.
// NOLINTNEXTLINE(readability-non-const-parameter): any other device writes there
static int cdc_transfer(void *context, uint8_t endpoint, uint8_t *data, uint32_t length)
{
    (void)context;
    (void)data;
    switch (endpoint) {
    case DATA_OUT:
        return (int)length;
    case DATA_IN:
    case NOTICES:
        return USB_NAK;
    default:
        return USB_STALL;
    }
}

static int dfu_control(void *context, const struct usb_setup *setup, uint8_t *data)
{
    struct application_usb *usb = context;
    uint8_t state = usb->detached ? APP_DETACH : APP_IDLE;
    uint8_t status[STATUS_LENGTH] = {[4] = state};

    if (setup->type == TO_INTERFACE && setup->request == SET_INTERFACE) {
        return 0;
    }
    if (setup->type == CLASS_TO_INTERFACE && setup->request == DFU_DETACH) {
        usb->asks |= !usb->detached;
        usb->detached = true;
        return 0;
    }
    if (setup->type == CLASS_FROM_INTERFACE && setup->request == DFU_GET_STATUS) {
        int length = setup->length < STATUS_LENGTH ? setup->length : STATUS_LENGTH;
        memcpy(data, status, (size_t)length);
        return length;
    }
    if (setup->type == CLASS_FROM_INTERFACE && setup->request == DFU_GET_STATE && setup->length) {
        data[0] = state;
        return 1;
    }
    return USB_STALL;
}

void application_usb_open(struct application_usb *usb, enum application_usb_kind kind,
                          const char *serial)
{
    bool cdc = kind == APPLICATION_USB_CDC_ACM;

    *usb = (struct application_usb){
        .strings = {"bootleap", cdc ? "stand-in, serial port" : "stand-in, DFU", serial},
        .kind = kind,
    };
    usb->device = (struct usb_device){
        .device = cdc ? cdc_device : dfu_device,
        .configuration = cdc ? cdc_configuration : dfu_configuration,
        .strings = usb->strings,
        .context = usb,
        .control = cdc ? cdc_control : dfu_control,
        .transfer = cdc ? cdc_transfer : NULL,
    };
    application_usb_start(usb);
}

void application_usb_start(struct application_usb *usb)
{
    static const uint8_t as_usual[sizeof usb->line_coding] = {0x00, 0xC2, 0x01, 0, 0, 0, 8};

    memcpy(usb->line_coding, as_usual, sizeof as_usual); // 115200 8N1
    usb->detached = usb->asks = false;
}
