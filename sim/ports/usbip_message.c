// usbip_message.c: reads and writes the messages of the usbip protocol.
// SPDX-License-Identifier: MIT
#include "usbip_message.h"

#include "usb_descriptor.h"

#include <stdio.h>
#include <string.h>

enum {
    VERSION = 0x0111,
    REQUEST_IMPORT = 0x8003,
    REQUEST_LIST = 0x8005,
    ANSWER = 0x7FFF, // an answer has the code of its request without the highest bit
    ANSWER_SUBMIT = 3,
    ANSWER_UNLINK = 4,
    PATH = 256,
    BUS_ID = 32,
    SPEED_FULL = 2,
    FLAG_SHORT_NOT_OK = 1,
    NOT_ISOCHRONOUS = -1, // number of packets; Linux sends 0
};

static const char path[] = "/sys/devices/bootleap/usb1/" USBIP_BUS_ID;

static uint32_t get32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint16_t get16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static uint8_t *put32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(value >> (24 - 8 * i));
    }
    return bytes + 4;
}

static uint8_t *put16(uint8_t *bytes, unsigned value)
{
    bytes[0] = (uint8_t)(value >> 8);
    bytes[1] = (uint8_t)value;
    return bytes + 2;
}

static uint8_t *put_text(uint8_t *bytes, const char *text, size_t size)
{
    memset(bytes, 0, size);
    snprintf((char *)bytes, size, "%s", text);
    return bytes + size;
}

enum usbip_request usbip_parse_request(const uint8_t *bytes, size_t count)
{
    static const char bus_id[BUS_ID] = USBIP_BUS_ID;

    if (count < USBIP_REQUEST) {
        return USBIP_INCOMPLETE;
    }
    if (get16(bytes) != VERSION) {
        return USBIP_NONSENSE;
    }
    switch (get16(bytes + 2)) {
    case REQUEST_LIST:
        return USBIP_LIST;
    case REQUEST_IMPORT:
        return count < USBIP_IMPORT_REQUEST ? USBIP_INCOMPLETE
               : strncmp((const char *)bytes + USBIP_REQUEST, bus_id, sizeof bus_id) == 0
                   ? USBIP_IMPORT
                   : USBIP_IMPORT_UNKNOWN;
    default:
        return USBIP_NONSENSE;
    }
}

static struct usb_setup get_setup(const uint8_t *bytes)
{
    return (struct usb_setup){
        .type = bytes[0],
        .request = bytes[1],
        .value = (uint16_t)(bytes[2] | bytes[3] << 8),
        .index = (uint16_t)(bytes[4] | bytes[5] << 8),
        .length = (uint16_t)(bytes[6] | bytes[7] << 8),
    };
}

bool usbip_parse_urb(const uint8_t bytes[USBIP_HEADER], struct usbip_urb *urb)
{
    uint32_t command = get32(bytes), packets = get32(bytes + 32);

    *urb = (struct usbip_urb){
        .command = (enum usbip_command)command,
        .sequence = get32(bytes + 4),
        .unlinked = get32(bytes + 20),
        .in = get32(bytes + 12) != 0,
        .endpoint = get32(bytes + 16),
        .whole = (get32(bytes + 20) & FLAG_SHORT_NOT_OK) != 0,
        .length = get32(bytes + 24),
        .setup = get_setup(bytes + 40),
    };
    if (get32(bytes + 8) != USBIP_NUMBER) {
        return false;
    }
    return command == USBIP_UNLINK ||
           (command == USBIP_SUBMIT && (packets == 0 || packets == (uint32_t)NOT_ISOCHRONOUS));
}

static uint8_t *put_header(uint8_t *bytes, unsigned code, enum usbip_status status)
{
    return put32(put16(put16(bytes, VERSION), code & ANSWER), status);
}

// What both answers say of a device: 312 bytes. `interfaces` are those of its configuration.
static uint8_t *put_device(uint8_t *bytes, const struct usb_device *device, unsigned interfaces)
{
    const uint8_t *descriptor = device->device;

    bytes = put_text(bytes, path, PATH);
    bytes = put_text(bytes, USBIP_BUS_ID, BUS_ID);
    bytes = put32(bytes, USBIP_NUMBER >> 16);
    bytes = put32(bytes, USBIP_NUMBER & 0xFFFF);
    bytes = put32(bytes, SPEED_FULL);
    for (int i = USB_DEVICE_VENDOR; i < USB_DEVICE_VENDOR + 6; i += 2) { // vendor, product, release
        bytes = put16(bytes, descriptor[i] | (unsigned)descriptor[i + 1] << 8);
    }
    memcpy(bytes, descriptor + USB_DEVICE_CLASS, 3);
    bytes[3] = device->configuration[USB_CONFIGURATION_VALUE];
    bytes[4] = descriptor[USB_DEVICE_CONFIGURATIONS];
    bytes[5] = (uint8_t)interfaces;
    return bytes + 6;
}

size_t usbip_pack_list(uint8_t bytes[USBIP_LIST_MOST], const struct usb_device *device)
{
    const uint8_t *interfaces[USB_INTERFACES_MOST];
    size_t count = device ? usb_interfaces(device, interfaces) : 0;
    uint8_t *end = put32(put_header(bytes, REQUEST_LIST, USBIP_OK), device != NULL);

    if (device) {
        end = put_device(end, device, (unsigned)count);
    }
    for (size_t i = 0; i < count; i++, end += 4) {
        memcpy(end, interfaces[i] + USB_INTERFACE_CLASS, 3);
        end[3] = 0;
    }
    return (size_t)(end - bytes);
}

size_t usbip_pack_import(uint8_t bytes[USBIP_LIST_MOST], enum usbip_status status,
                         const struct usb_device *device)
{
    const uint8_t *interfaces[USB_INTERFACES_MOST];
    uint8_t *end = put_header(bytes, REQUEST_IMPORT, status);

    if (status == USBIP_OK) {
        end = put_device(end, device, (unsigned)usb_interfaces(device, interfaces));
    }
    return (size_t)(end - bytes);
}

static void pack_answer(uint8_t bytes[USBIP_HEADER], uint32_t command, uint32_t sequence,
                        int status, uint32_t length)
{
    memset(bytes, 0, USBIP_HEADER);
    put32(put32(bytes, command), sequence);
    put32(put32(bytes + 20, (uint32_t)status), length);
}

void usbip_pack_submitted(uint8_t bytes[USBIP_HEADER], uint32_t sequence, int status,
                          uint32_t length)
{
    pack_answer(bytes, ANSWER_SUBMIT, sequence, status, length);
}

void usbip_pack_unlinked(uint8_t bytes[USBIP_HEADER], uint32_t sequence, int status)
{
    pack_answer(bytes, ANSWER_UNLINK, sequence, status, 0);
}
