// monitor.h: tells somebody each frame that goes over a line.
// SPDX-License-Identifier: MIT
//
// Bytes that come without a pause, and between which nothing is sent, are one frame.
#ifndef BOOTLEAP_HOST_MONITOR_H
#define BOOTLEAP_HOST_MONITOR_H

#include "printf_format.h"

#include <stddef.h>
#include <stdint.h>

enum { MONITOR_BYTES = 16, MONITOR_NOTE_BYTES = 80 };

enum monitor_kind {
    MONITOR_SENT,
    MONITOR_RECEIVED,
    MONITOR_NOTE, // no frame: what was set, in words
};

struct monitor_frame {
    const char *port;
    enum monitor_kind kind;
    uint64_t ms;                  // since the monitor began
    size_t size;                  // in bytes
    uint8_t bytes[MONITOR_BYTES]; // the first of them
    // Of a MONITOR_NOTE, and of a transfer over USB: its request. Else "".
    char note[MONITOR_NOTE_BYTES];
};

// Who is told. Where there is none, a pointer is compared for each frame, and nothing else is done.
struct monitor {
    void (*tell)(void *context, const struct monitor_frame *frame);
    void *context;
    uint64_t start_ms; // on the clock of monotonic.h
};

// One line, for whoever carries its bytes; all zero: nobody is told of it.
struct monitor_line {
    const struct monitor *monitor;
    struct monitor_frame received; // what has come, and may go on
};

void monitor_begin(struct monitor_line *line, const struct monitor *monitor, const char *port);

// Each of these does nothing where nobody is told.
void monitor_sent(struct monitor_line *line, const uint8_t *bytes, size_t size);
void monitor_received(struct monitor_line *line, const uint8_t *bytes, size_t size);
// What has come is a whole frame.
void monitor_pause(struct monitor_line *line);
void monitor_note(struct monitor_line *line, const char *format, ...) PRINTF_FORMAT(2, 3);

// A control transfer, once it is over. `result` is the number of bytes, or an enum usb_error.
struct monitor_control {
    uint8_t type, request; // bmRequestType, bRequest
    uint16_t value;
    unsigned length;
    int result;
    const uint8_t *bytes;
};

void monitor_control(struct monitor_line *line, const struct monitor_control *control);

#endif
