// connection_look.h: one look for a bootloader that runs, or may have started meanwhile.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONNECTION_LOOK_H
#define BOOTLEAP_HOST_CONNECTION_LOOK_H

#include "connection_state.h"

// Opens the bootloader at this port, if it is not open, and identifies it. A serial line stays open
// where nothing answers: to open one moves its modem lines. Problems: those of bootloader_open and
// of its identify.
int connection_look(struct connection *connection, const char *port, struct problem *problem);

#endif
