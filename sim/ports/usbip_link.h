// usbip_link.h: one connection of a usbip server: bytes in, bytes out, never waiting.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_USBIP_LINK_H
#define BOOTLEAP_SIM_USBIP_LINK_H

#include "usbip_message.h"

#include <poll.h>

enum {
    USBIP_URBS_MOST = 64, // that wait for the device, or for the client to take their answers
    USBIP_INPUT = USBIP_HEADER + USB_DATA_MOST,
    USBIP_OUTPUT = USBIP_HEADER + USB_DATA_MOST + USBIP_URBS_MOST * USBIP_HEADER,
};

enum usbip_link_state {
    LINK_FREE,
    LINK_ASKING,   // it has not said what it wants
    LINK_IMPORTED, // it has the device
    LINK_LEAVING,  // what is in its output is sent, then it is closed
};

struct usbip_link {
    enum usbip_link_state state;
    int file;
    uint64_t until_ms; // it is closed then; UINT64_MAX: never
    uint32_t skip;     // bytes still to come that are thrown away
    uint8_t input[USBIP_INPUT];
    size_t count; // bytes in it
    uint8_t output[USBIP_OUTPUT];
    size_t sent, ready; // of these bytes so many are sent
    bool shut;          // the client has been told that no more comes
};

// Milliseconds of a clock that only goes forwards.
uint64_t usbip_link_now(void);

// Takes a connected socket, which it closes at the end.
void usbip_link_open(struct usbip_link *link, int file);
void usbip_link_close(struct usbip_link *link);

// Reads what is there, and sends what can be sent; closes it where the client has gone, or its time
// is over.
void usbip_link_look(struct usbip_link *link);

// Takes `count` bytes off the begin of the input.
void usbip_link_take(struct usbip_link *link, size_t count);

// Throws away the next `count` bytes, those that have come first.
void usbip_link_skip(struct usbip_link *link, uint32_t count);

// Whether all output has gone.
bool usbip_link_is_empty(const struct usbip_link *link);

// Puts bytes into the output, for which there is room: usbip_link_is_empty() says so for an answer
// with its data, and USBIP_URBS_MOST headers fit besides.
void usbip_link_put(struct usbip_link *link, const uint8_t *bytes, size_t count);

// No more is read. It is closed when the client has taken what is in the output and has hung up, or
// soon after.
void usbip_link_leave(struct usbip_link *link);

// What to wait for.
struct pollfd usbip_link_poll(const struct usbip_link *link);

#endif
