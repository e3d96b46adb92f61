// usb_board.h: a board on USB: its application leaves the bus, and its ROM comes at the same place.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_BOARD_H
#define BOOTLEAP_HOST_USB_BOARD_H

#include "bootloader.h"
#include "usb.h"

// How a board is known again.
struct usb_board {
    char path[USB_PATH_BYTES];   // "" where it is on no USB of its own
    char serial[USB_TEXT_BYTES]; // "" where the application has none
    unsigned address;            // of its application, which has another one when it comes again
};

// The board that this device is.
void usb_board_set(struct usb_board *board, const struct usb_found *found);

// The board whose own USB this serial port is. One behind a serial adapter or an ST-LINK has none:
// path "". Problems: those of usb_list_each.
int usb_board_of_port(struct usb_board *board, const char *port, struct problem *problem);

// Sends the application at this device away, by DFU_DETACH. Problems: those of usb_open, and
// EXIT_REFUSED.
int usb_board_detach(const struct usb_found *found, const struct monitor *monitor,
                     struct problem *problem);

// Waits until nothing of the application is at the board's place, at most for `window_ms`.
bool usb_board_leaves(const struct usb_board *board, unsigned window_ms);

// Waits until the ROM is at the board's place, at most for `window_ms`; 0 is one look. What comes
// at any other place is another board and never taken. Where application and ROM make their serial
// number of the chip's unique id, the two must be the same. Problems: EXIT_NO_DEVICE where it does
// not come, EXIT_FAILED where another chip has come there, and those of usb_list_each.
int usb_board_await(const struct usb_board *board, unsigned window_ms,
                    const struct bootloader_wait *wait, struct problem *problem);

#endif
