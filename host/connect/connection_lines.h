// connection_lines.h: into the bootloader and out of it by DTR and RTS.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONNECTION_LINES_H
#define BOOTLEAP_HOST_CONNECTION_LINES_H

#include "connection_state.h"

// Opens the serial port, and the bootloader at `rom_port` where that is serial, too, and has DTR
// and RTS start the ROM. Nobody is asked. Problems: those of serial_open and bootloader_open, and
// EXIT_USAGE where the port has no such lines.
int connection_lines_enter(struct connection *connection, const char *rom_port,
                           struct problem *problem);

// Has DTR and RTS leave the ROM, if they have entered it, and have not left it yet.
void connection_lines_leave(struct connection *connection);

#endif
