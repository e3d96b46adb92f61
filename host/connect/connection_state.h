// connection_state.h: what a connection is made with, and which of its ports are open.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONNECTION_STATE_H
#define BOOTLEAP_HOST_CONNECTION_STATE_H

#include "ask_sequence.h"
#include "bootloader.h"
#include "usb_board.h"

#include <stdbool.h>

struct modem_sequence;
struct serial;
struct monitor;

enum { CONNECTION_TEXT_BYTES = 64, CONNECTION_LINE_BYTES = 128, CONNECTION_USB_PORT_BYTES = 40 };

// How an application is asked for its bootloader.
enum connection_ask {
    ASK_USUAL,    // by a text over a serial line, by DFU_DETACH over USB
    ASK_TEXT,     // over its serial line
    ASK_TOUCH,    // its serial port is opened at 1200 baud and closed, as Arduino does
    ASK_DETACH,   // by DFU's request to leave for DFU mode
    ASK_SEQUENCE, // step by step
};

struct connection_settings {
    const char *port;     // of the application
    const char *rom_port; // NULL: the bootloader is where the application's board is
    enum connection_ask ask;
    const struct monitor *monitor;       // is told what goes over the ports; NULL: nobody is
    const struct modem_sequence *lines;  // by which DTR and RTS enter; NULL: they do nothing
    bool stays;                          // in the bootloader at the end: `lines` do not leave it
    const struct ask_sequence *sequence; // of ASK_SEQUENCE
    unsigned rom_baud;                   // of serial lines
    unsigned app_baud;                   // 0: as the sequence has it, or 115200
    char text[CONNECTION_TEXT_BYTES];    // what has the application enter its bootloader
    size_t text_length;
    unsigned timeout_ms; // no answer of the bootloader is awaited longer; 0: as long as is usual
    unsigned board_ms;   // a board that is not there yet is awaited so long; 0: not at all
    unsigned wait_ms;    // for the first line of a started application; 0: none is awaited
    const char *expect;  // text that this line must hold; NULL: any
    unsigned recovery;   // RECOVERY_FINISHES_...: what may be done where nothing answers; or 0
    struct bootloader_wait wait; // is told what a wait is for
};

// A wait for a board: milliseconds of the clock.
struct connection_board {
    uint64_t since, told, looked;
    bool fails;      // it is there, and cannot be used,
    uint64_t failed; // since then
};

struct connection {
    struct connection_settings settings;
    struct bootloader *bootloader; // NULL until it is open
    struct serial *application;    // NULL while it is closed
    struct serial *line;           // the bootloader's; NULL where it is not on one
    struct serial *shared; // the bootloader's line where it is also the application's, or NULL
    struct serial *driven; // the line whose DTR and RTS are to leave the bootloader, or NULL
    bool has_application;  // on a line that it can be asked on
    char usb_port[CONNECTION_USB_PORT_BYTES]; // of a bootloader that came to USB
    struct usb_board place;                   // of the application, where its serial port is on USB
    struct connection_board board;
    unsigned looks;       // for a bootloader on this line
    bool entry_requested; // the application was asked: the bootloader did not run before
};

#endif
