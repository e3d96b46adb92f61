// board_descriptors.c: what the kernel asks of a device that was plugged in, in its order.
// SPDX-License-Identifier: MIT
#include "board_descriptors.h"

#include <string.h>

enum {
    GET_DESCRIPTOR = 6,
    SET_CONFIGURATION = 9,
    DEVICE = 1,
    CONFIGURATION = 2,
    STRING = 3,
    CONFIGURATION_HEAD = 9,
    STRING_BYTES = 255,
};

// One transfer to its end, while nobody else has any. How many bytes came, or -1.
static int control(struct board *board, const uint8_t setup[USBIP_SETUP], uint8_t *data)
{
    struct usbip_submit submit = {.number = usbip_number(&board->last_number, true),
                                  .endpoint = setup[0] & 0x80,
                                  .length = setup[6] | (uint32_t)setup[7] << 8};
    struct usbip_reply reply;

    memcpy(submit.setup, setup, USBIP_SETUP);
    if (!usbip_send(board->connection, &board->device, &submit) ||
        !usbip_receive(board->connection, &reply) || reply.number != submit.number ||
        reply.length > submit.length || reply.status) {
        return -1;
    }
    if (submit.endpoint && !usbip_receive_data(board->connection, data, reply.length)) {
        return -1;
    }
    return (int)reply.length;
}

static int descriptor(struct board *board, unsigned type, unsigned number, uint8_t *data,
                      unsigned length)
{
    const unsigned language = type == STRING && number ? 0x0409 : 0;
    const uint8_t setup[USBIP_SETUP] = {
        0x80,          GET_DESCRIPTOR,        (uint8_t)number,
        (uint8_t)type, language & 0xFF,       (uint8_t)(language >> 8),
        length & 0xFF, (uint8_t)(length >> 8)};

    return control(board, setup, data);
}

// What is not ASCII becomes "?", as sysfs has it for those who ask libusb.
static bool string(struct board *board, unsigned number, char text[BOARD_TEXT])
{
    uint8_t data[STRING_BYTES];
    int size;
    char *to = text;

    if (number == 0) {
        text[0] = '\0';
        return true;
    }
    size = descriptor(board, STRING, number, data, sizeof data);
    if (size < 2 || data[1] != STRING) {
        return false;
    }
    for (int i = 2; i + 1 < size && i + 1 < data[0]; i += 2) {
        *to++ = data[i + 1] == 0 && data[i] >= ' ' && data[i] < 0x7F ? (char)data[i] : '?';
    }
    *to = '\0';
    return true;
}

static bool configuration(struct board *board, struct board_descriptors *to)
{
    unsigned size;

    if (descriptor(board, CONFIGURATION, 0, to->configuration, CONFIGURATION_HEAD) !=
        CONFIGURATION_HEAD) {
        return false;
    }
    size = to->configuration[2] | (unsigned)to->configuration[3] << 8;
    to->configuration_size = size;
    return size >= CONFIGURATION_HEAD && size <= sizeof to->configuration &&
           descriptor(board, CONFIGURATION, 0, to->configuration, size) == (int)size;
}

bool board_enumerate(struct board *board)
{
    struct board_descriptors *to = &board->descriptors;
    uint8_t data[STRING_BYTES];
    uint8_t setup[USBIP_SETUP] = {0x00, SET_CONFIGURATION};

    if (descriptor(board, DEVICE, 0, data, 64) < 8 ||
        descriptor(board, DEVICE, 0, to->device, sizeof to->device) != sizeof to->device ||
        !configuration(board, to) || descriptor(board, STRING, 0, data, sizeof data) < 4 ||
        !string(board, to->device[15], to->product) ||
        !string(board, to->device[14], to->manufacturer) ||
        !string(board, to->device[16], to->serial)) {
        return false;
    }
    setup[2] = to->configuration[5];
    return control(board, setup, NULL) == 0;
}
