// connection.h: from the application to its bootloader, and back to the application.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_CONNECTION_H
#define BOOTLEAP_CLI_CONNECTION_H

#include "bootloader.h"

#include <stdbool.h>

struct serial;

enum { CONNECTION_TEXT_BYTES = 64, CONNECTION_LINE_BYTES = 128 };

struct connection_settings {
    const char *port;                 // of the application
    const char *rom_port;             // NULL: the bootloader is on the application's port
    unsigned rom_baud, app_baud;      // of serial lines
    char text[CONNECTION_TEXT_BYTES]; // what has the application enter its bootloader
    size_t text_length;
    unsigned timeout_ms; // no answer of the bootloader is awaited longer; 0: as long as is usual
    unsigned wait_ms;    // for the first line of a started application; 0: none is awaited
    const char *expect;  // text that this line must hold; NULL: any
    unsigned recovery;   // RECOVERY_FINISHES_...: what may be done where nothing answers; or 0
    struct bootloader_wait wait; // is told what a wait is for
};

struct connection {
    struct connection_settings settings;
    struct bootloader *bootloader; // NULL until it is open
    struct serial *application;    // NULL while it is closed
    struct serial *shared; // the bootloader's line where it is also the application's, or NULL
    bool has_application;  // on a line that it can be asked on
    bool entry_requested;  // the application was asked: the bootloader did not run before
};

// Finds a bootloader that runs already, and identifies it. connection_close afterwards, whatever
// the result. Problems: those of bootloader_open and of its identify.
int connection_find(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem);

// The same, but where none answers, sends the application the text that makes it enter, and looks
// again. Where the port is no serial one, and no other is named, there is no application to ask.
int connection_enter(struct connection *connection, const struct connection_settings *settings,
                     struct problem *problem);

// Has the bootloader start what has its vector table at `address`, and waits for the first line
// that it prints, which `line` gets: what of it is printable; "" if none is awaited. Problems:
// those of serial_open and of go, and EXIT_FAILED where no such line comes.
int connection_start(struct connection *connection, uint32_t address,
                     char line[CONNECTION_LINE_BYTES], struct problem *problem);

void connection_close(struct connection *connection);

#endif
