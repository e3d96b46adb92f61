// usb_text.c: UTF-16 to UTF-8, and what devices have instead of it.
// SPDX-License-Identifier: MIT
#include "usb_text.h"

enum { HEADER_BYTES = 2, UNIT_BYTES = 2 };

struct writer {
    char *text;
    unsigned used;
};

static void put(struct writer *writer, unsigned byte)
{
    if (writer->used + 1 < USB_TEXT_BYTES) {
        writer->text[writer->used++] = (char)byte;
    }
}

// A character of the basic plane. One half of a pair is none.
static void put_character(struct writer *writer, unsigned code)
{
    if (code < 0x20 || code == 0x7F || (code >= 0xD800 && code < 0xE000)) {
        put(writer, '?');
    } else if (code < 0x80) {
        put(writer, code);
    } else if (code < 0x800 && writer->used + 2 < USB_TEXT_BYTES) {
        put(writer, 0xC0 | code >> 6);
        put(writer, 0x80 | (code & 0x3F));
    } else if (code >= 0x800 && writer->used + 3 < USB_TEXT_BYTES) {
        put(writer, 0xE0 | code >> 12);
        put(writer, 0x80 | (code >> 6 & 0x3F));
        put(writer, 0x80 | (code & 0x3F));
    }
}

// No second byte is 0, as it is for each letter that ST's strings have.
static bool has_8_bits(const uint8_t *bytes, unsigned size)
{
    for (unsigned i = 1; i < size; i += UNIT_BYTES) {
        if (bytes[i] == 0) {
            return false;
        }
    }
    return size >= UNIT_BYTES;
}

unsigned usb_text(const uint8_t *descriptor, unsigned size, char text[USB_TEXT_BYTES])
{
    struct writer writer = {text, 0};

    if (size > HEADER_BYTES && descriptor[0] >= HEADER_BYTES && descriptor[0] < size) {
        size = descriptor[0];
    }
    if (size > HEADER_BYTES && has_8_bits(descriptor + HEADER_BYTES, size - HEADER_BYTES)) {
        for (unsigned i = HEADER_BYTES; i < size; i++) {
            put(&writer, descriptor[i] >= 0x20 && descriptor[i] < 0x7F ? descriptor[i] : '?');
        }
    } else {
        for (unsigned i = HEADER_BYTES; i + 1 < size; i += UNIT_BYTES) {
            put_character(&writer, descriptor[i] | (unsigned)descriptor[i + 1] << 8);
        }
    }
    text[writer.used] = '\0';
    return writer.used;
}
