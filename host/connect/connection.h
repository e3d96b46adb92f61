// connection.h: from the application to its bootloader, and back to the application.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONNECTION_H
#define BOOTLEAP_HOST_CONNECTION_H

#include "connection_state.h"

// Finds a bootloader that runs already, and identifies it. connection_close afterwards, whatever
// the result. Problems: those of bootloader_open and of its identify.
int connection_find(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem);

// The same, but where none answers, asks the application to enter, and waits for its bootloader: on
// the serial line, or on USB at the place where the application was. A device that comes at another
// place on USB is not taken. Problems besides: those of usb_choice_find and of usb_board.h.
int connection_enter(struct connection *connection, const struct connection_settings *settings,
                     struct problem *problem);

// Has the bootloader start what has its vector table at `address`, and waits for the first line
// that it prints, which `line` gets: what of it is printable; "" if none is awaited. Problems:
// those of serial_open and of go, and EXIT_FAILED where no such line comes.
int connection_start(struct connection *connection, uint32_t address,
                     char line[CONNECTION_LINE_BYTES], struct problem *problem);

// Waits for the bootloader of a chip that has reset itself, at most for `window_ms`, and identifies
// it. On USB it comes back at the place where it was. Problems: those of connection_find.
int connection_return(struct connection *connection, unsigned window_ms, struct problem *problem);

void connection_close(struct connection *connection);

#endif
