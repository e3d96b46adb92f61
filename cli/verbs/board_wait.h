// board_wait.h: the way to a bootloader, where the board may come only now (--wait).
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_BOARD_WAIT_H
#define BOOTLEAP_CLI_BOARD_WAIT_H

#include "options.h"

// connection_enter and connection_find. While a board is awaited, Ctrl-C ends the wait with a
// message. Afterwards the line of the progress that the settings hold is free.
int board_wait_enter(struct connection *connection, const struct connection_settings *settings,
                     struct problem *problem);
int board_wait_find(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem);

#endif
