// connection_wait.h: whether to look again for a board that is not there yet.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONNECTION_WAIT_H
#define BOOTLEAP_HOST_CONNECTION_WAIT_H

#include "connection_state.h"

// Begins the wait that the settings ask for, if they do. Then no ROM that is stuck in a command is
// freed.
void connection_wait_start(struct connection *connection);

// How long to wait for something that takes `least_ms`, or the board for the rest of its time.
unsigned connection_wait_left(const struct connection *connection, unsigned least_ms);

// Pauses and returns 0 where it makes sense to look again after `error`: nothing was there, or it
// is there only now, and the system has not given it to its user yet. Else returns the exit code
// in *problem: that of `error`, with how long was waited; or EXIT_FAILED, as it was interrupted.
int connection_wait_again(struct connection *connection, int error, struct problem *problem);

#endif
