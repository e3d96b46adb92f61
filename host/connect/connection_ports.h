// connection_ports.h: the ports of a connection: that of the bootloader, that of the application.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONNECTION_PORTS_H
#define BOOTLEAP_HOST_CONNECTION_PORTS_H

#include "connection_state.h"

// Whether the port is one on USB, and no serial one.
bool connection_is_usb(const char *port);

// Opens the bootloader at this port; nothing is sent. Problems: those of bootloader_open.
int connection_open_rom(struct connection *connection, const char *port, struct problem *problem);

// The baud rate of the application's serial line.
unsigned connection_application_baud(const struct connection_settings *settings);

// May be called where it is closed.
void connection_close_rom(struct connection *connection);

// Opens the application's serial line, or takes the one that it shares with the bootloader.
// Problems: those of serial_open and serial_configure.
int connection_open_application(struct connection *connection, struct problem *problem);

// May be called where it is closed. A line that is shared stays open.
void connection_close_application(struct connection *connection);

// Both.
void connection_close_all(struct connection *connection);

#endif
