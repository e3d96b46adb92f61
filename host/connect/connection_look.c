// connection_look.c: looks for a bootloader, each time in the way that does no harm.
// SPDX-License-Identifier: MIT
#include "connection_look.h"

#include "connection_ports.h"
#include "serial.h"

enum {
    FIND_MS = 1000, // for a bootloader that runs
    LOOK_MS = 100,  // for one that starts any time
};

// The second look and those after it send more than one sync byte. A byte of another kind comes
// before: two that are the same could complete a frame that another program began (an3155_sync.h).
// A NUL is what a line reads that is held low for a moment, so applications leave it out.
static int look_again(struct connection *connection, struct problem *problem)
{
    static const char other[] = {'\0'};
    struct bootloader *bootloader = connection->bootloader;

    if (connection->looks == 1 && connection->line) {
        serial_write(connection->line, other, sizeof other);
    }
    return bootloader->ops->identify(bootloader, LOOK_MS, RECOVERY_STARTS, problem);
}

// A ROM measures its baud rate by the first byte that it hears. One that starts between the first
// look and the NUL behind it would hear the NUL: where a board is awaited, that time is short.
static int look_first(struct connection *connection, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    struct bootloader *bootloader = connection->bootloader;

    return bootloader->ops->identify(bootloader, settings->board_ms ? LOOK_MS : FIND_MS,
                                     settings->recovery, problem);
}

int connection_look(struct connection *connection, const char *port, struct problem *problem)
{
    int error = connection->bootloader ? 0 : connection_open_rom(connection, port, problem);

    if (error) {
        return error;
    }
    error =
        connection->looks == 0 ? look_first(connection, problem) : look_again(connection, problem);
    connection->looks++;
    if (error && (error != EXIT_NO_DEVICE || connection->line == NULL)) {
        connection_close_rom(connection); // it is another one next time
    }
    return error;
}
