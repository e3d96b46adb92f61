// connection.c: which port is open at what settings, on the way to the bootloader and back.
// SPDX-License-Identifier: MIT
#include "connection.h"

#include "connection_lines.h"
#include "connection_look.h"
#include "connection_ports.h"
#include "connection_wait.h"
#include "console.h"
#include "monotonic.h"

enum { RETRY_MS = 100 };

int connection_find(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem)
{
    const char *port = settings->rom_port ? settings->rom_port : settings->port;
    int error;

    *connection = (struct connection){.settings = *settings};
    if (settings->lines) {
        return connection_enter(connection, settings, problem);
    }
    connection_wait_start(connection);
    do {
        error = connection_look(connection, port, problem);
        if (error == 0) {
            return 0;
        }
        error = connection_wait_again(connection, error, problem);
    } while (error == 0);
    return error;
}

// The port of an application that brings its own USB comes back when the application runs.
static int await_application(struct connection *connection, struct problem *problem)
{
    uint64_t end = monotonic_ms() + connection->settings.wait_ms;
    int error;

    while ((error = connection_open_application(connection, problem)) == EXIT_NO_DEVICE &&
           monotonic_ms() < end) {
        monotonic_sleep_ms(RETRY_MS);
    }
    return error;
}

int connection_start(struct connection *connection, uint32_t address,
                     char line[CONNECTION_LINE_BYTES], struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    struct bootloader *bootloader = connection->bootloader;
    struct problem later;

    line[0] = '\0';
    // Open before it starts, where that is possible, to miss nothing of what it prints.
    if (connection->has_application && connection->shared == NULL) {
        connection_open_application(connection, &later);
    }
    int error = bootloader->ops->go(bootloader, address, problem);
    if (error == 0) {
        connection_lines_leave(connection);
    }
    if (error || settings->wait_ms == 0 || !connection->has_application) {
        return error;
    }
    if (connection->application == NULL) {
        error = await_application(connection, problem);
    }
    if (error) {
        return error;
    }
    return console_read_line(connection->application, settings->expect, settings->wait_ms, line,
                             problem);
}

void connection_close(struct connection *connection)
{
    if (!connection->settings.stays) {
        connection_lines_leave(connection);
    }
    connection_close_all(connection);
    *connection = (struct connection){0};
}
