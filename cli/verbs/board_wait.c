// board_wait.c: watches for Ctrl-C while a board is awaited.
// SPDX-License-Identifier: MIT
#include "board_wait.h"

#include "interrupt.h"

typedef int connect(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem);

static int wait_for(connect *way, struct connection *connection,
                    const struct connection_settings *settings, struct problem *problem)
{
    if (settings->board_ms) {
        interrupt_watch();
    }
    int error = way(connection, settings, problem);
    if (settings->board_ms) {
        interrupt_end_watch();
    }
    progress_stop(settings->wait.context);
    return error;
}

int board_wait_enter(struct connection *connection, const struct connection_settings *settings,
                     struct problem *problem)
{
    return wait_for(connection_enter, connection, settings, problem);
}

int board_wait_find(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem)
{
    return wait_for(connection_find, connection, settings, problem);
}
