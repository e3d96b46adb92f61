// ask_apps.h: applications that can be asked for their ROM, written from what their sources print.
// SPDX-License-Identifier: MIT
//
// A line without a port, and a clock that runs only when somebody waits: serial.h and monotonic.h
// for one application at a time.
#ifndef BOOTLEAP_TESTS_ASK_APPS_H
#define BOOTLEAP_TESTS_ASK_APPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { APP_LINE_BYTES = 128, APP_OUT_BYTES = 8192 };

struct app {
    const char *name; // the peer that it is
    void (*receive)(unsigned char byte);
    void (*tick)(void);               // a millisecond has passed; may be NULL
    bool (*is_left_half_asked)(void); // in a mode that it was not in before; may be NULL
    bool is_touched;                  // it takes 1200 baud for a request
};

// All that there are, ended by one without a name.
extern const struct app apps[];

struct app_state {
    const struct app *app; // NULL: nobody listens
    uint64_t now, last_byte, leaves_at;
    bool in_rom, command_line, raw,
        running; // Betaflight, INAV: command_line; MicroPython: the others
    bool command_line_was_open;
    bool no_function; // Espruino without E.rebootToDFU
    bool pending, quiet_line;
    unsigned writes, gone_after; // the line goes away with this write; 0: it stays
    bool goes_with_rom;          // ... when the ROM starts
    char line[APP_LINE_BYTES], out[APP_OUT_BYTES];
    size_t length, written, read;
};

extern struct app_state app_state;

// Starts the application of this name from nothing; NULL: one that never says anything.
void apps_start(const char *name);

// Lets time pass.
void apps_wait(unsigned ms);

#endif
