// usb_standard.c: enumerates a USB device, so that devices have no code for it.
// SPDX-License-Identifier: MIT
#include "usb_standard.h"

#include <string.h>

enum {
    GET_STATUS = 0,
    CLEAR_FEATURE = 1,
    SET_ADDRESS = 5,
    GET_DESCRIPTOR = 6,
    GET_CONFIGURATION = 8,
    SET_CONFIGURATION = 9,
    GET_INTERFACE = 10,
    SET_INTERFACE = 11,
};

enum {
    TYPE_IN = 0x80,
    TYPE_KIND = 0x60, // 0: standard
    RECIPIENT = 0x1F,
    TO_INTERFACE = 1,
    TO_ENDPOINT = 2,
};

enum {
    DEVICE_LENGTH = 18,
    STRING_MOST = 254, // bytes: the longest even length
    ENGLISH_US = 0x0409,
    SELF_POWERED = 0x40, // in bmAttributes
    REPLACEMENT = 0xFFFD,
};

void usb_standard_start(struct usb_standard *standard, const struct usb_device *device)
{
    *standard = (struct usb_standard){.device = device};
}

// Which bits of a first byte belong to its character, by how many bytes follow.
static const uint8_t first_bits[] = {0x7F, 0x1F, 0x0F, 0x07};

// The character that begins at *text, which is moved behind it.
static uint32_t next_character(const char **text)
{
    uint8_t first = (uint8_t) * (*text)++;
    unsigned more = first < 0x80 ? 0 : first < 0xC0 ? 4 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t character;

    if (more == 4 || first >= 0xF8) {
        return REPLACEMENT;
    }
    character = first & first_bits[more];
    for (; more; more--) {
        if (((uint8_t) * *text & 0xC0) != 0x80) {
            return REPLACEMENT;
        }
        character = character << 6 | ((uint8_t) * (*text)++ & 0x3F);
    }
    return character;
}

static unsigned put_unit(uint8_t *data, unsigned length, uint32_t unit)
{
    data[length] = (uint8_t)unit;
    data[length + 1] = (uint8_t)(unit >> 8);
    return length + 2;
}

// UTF-8 as a string descriptor, which has UTF-16. What does not fit is cut off.
static int put_string(const char *text, uint8_t *data)
{
    unsigned length = 2;

    while (*text && length + 2 <= STRING_MOST) {
        uint32_t character = next_character(&text);
        if (character < 0x10000) {
            length = put_unit(data, length, character);
        } else if (length + 4 <= STRING_MOST) {
            length = put_unit(data, length, 0xD800 | (character - 0x10000) >> 10);
            length = put_unit(data, length, 0xDC00 | ((character - 0x10000) & 0x3FF));
        } else {
            break;
        }
    }
    data[0] = (uint8_t)length;
    data[1] = USB_DESCRIPTOR_STRING;
    return (int)length;
}

// Whatever language the host asks for: there is one.
static int get_string(const struct usb_device *device, unsigned number, uint8_t *data)
{
    static const uint8_t languages[] = {4, USB_DESCRIPTOR_STRING, ENGLISH_US & 0xFF,
                                        ENGLISH_US >> 8};

    if (number == 0) {
        memcpy(data, languages, sizeof languages);
        return sizeof languages;
    }
    for (const char *const *text = device->strings; *text; text++) {
        if (--number == 0) {
            return put_string(*text, data);
        }
    }
    return USB_STALL;
}

// A device qualifier is none of a device that knows full speed only (9.6.2).
static int get_descriptor(const struct usb_device *device, const struct usb_setup *setup,
                          uint8_t *data)
{
    unsigned type = setup->value >> 8, number = setup->value & 0xFF;
    unsigned total = usb_total_length(device);

    if (type == USB_DESCRIPTOR_DEVICE && number == 0) {
        memcpy(data, device->device, DEVICE_LENGTH);
        return DEVICE_LENGTH;
    }
    if (type == USB_DESCRIPTOR_CONFIGURATION && number == 0 && total <= USB_DATA_MOST) {
        memcpy(data, device->configuration, total);
        return (int)total;
    }
    return type == USB_DESCRIPTOR_STRING ? get_string(device, number, data) : USB_STALL;
}

static int get_status(const struct usb_standard *standard, unsigned recipient, uint8_t *data)
{
    uint8_t attributes = standard->device->configuration[USB_CONFIGURATION_ATTRIBUTES];

    data[0] = recipient == 0 && attributes & SELF_POWERED;
    data[1] = 0;
    return recipient <= TO_ENDPOINT ? 2 : USB_STALL;
}

static int set_configuration(struct usb_standard *standard, unsigned value)
{
    if (value && value != standard->device->configuration[USB_CONFIGURATION_VALUE]) {
        return USB_STALL;
    }
    usb_standard_start(standard, standard->device);
    standard->configuration = (uint8_t)value;
    return 0;
}

static int set_interface(struct usb_standard *standard, const struct usb_setup *setup,
                         uint8_t *data)
{
    const struct usb_device *device = standard->device;
    uint8_t before;
    int got;

    if (setup->index >= USB_INTERFACES_MOST ||
        !usb_has_alternate(device, setup->index, setup->value)) {
        return USB_STALL;
    }
    before = standard->alternates[setup->index];
    standard->alternates[setup->index] = (uint8_t)setup->value;
    got = device->control(device->context, setup, data);
    if (got < 0) {
        standard->alternates[setup->index] = before;
    }
    return got;
}

static int get_interface(const struct usb_standard *standard, unsigned interface, uint8_t *data)
{
    if (interface >= USB_INTERFACES_MOST || !usb_has_alternate(standard->device, interface, 0)) {
        return USB_STALL;
    }
    data[0] = standard->alternates[interface];
    return 1;
}

static int read_standard(const struct usb_standard *standard, const struct usb_setup *setup,
                         uint8_t *data)
{
    unsigned recipient = setup->type & RECIPIENT;

    switch (setup->request) {
    case GET_STATUS:
        return get_status(standard, recipient, data);
    case GET_DESCRIPTOR:
        return recipient == 0 ? get_descriptor(standard->device, setup, data) : USB_STALL;
    case GET_CONFIGURATION:
        data[0] = standard->configuration;
        return recipient == 0 ? 1 : USB_STALL;
    case GET_INTERFACE:
        return recipient == TO_INTERFACE ? get_interface(standard, setup->index, data) : USB_STALL;
    default:
        return USB_STALL;
    }
}

// An address is whoever carries the requests here; no endpoint is ever halted.
static int write_standard(struct usb_standard *standard, const struct usb_setup *setup,
                          uint8_t *data)
{
    unsigned recipient = setup->type & RECIPIENT;

    switch (setup->request) {
    case CLEAR_FEATURE:
        return recipient <= TO_ENDPOINT ? 0 : USB_STALL;
    case SET_ADDRESS:
        return recipient == 0 ? 0 : USB_STALL;
    case SET_CONFIGURATION:
        return recipient == 0 ? set_configuration(standard, setup->value) : USB_STALL;
    case SET_INTERFACE:
        return recipient == TO_INTERFACE ? set_interface(standard, setup, data) : USB_STALL;
    default:
        return USB_STALL;
    }
}

int usb_standard_control(struct usb_standard *standard, const struct usb_setup *setup,
                         uint8_t *data)
{
    uint8_t answer[USB_DATA_MOST];
    struct usb_setup asked = *setup;
    int got;

    if (asked.length > USB_DATA_MOST) {
        asked.length = USB_DATA_MOST;
    }
    if (asked.type & TYPE_KIND) {
        const struct usb_device *device = standard->device;
        got = device->control(device->context, &asked, data);
    } else if (asked.type & TYPE_IN) { // an answer may be longer than the host wants it
        got = read_standard(standard, &asked, answer);
        got = got > asked.length ? asked.length : got;
        memcpy(data, answer, got > 0 ? (size_t)got : 0);
    } else {
        got = write_standard(standard, &asked, data);
    }
    return got > asked.length ? asked.length : got;
}
