// connection_lines.c: has DTR and RTS drive BOOT0 and NRST.
// SPDX-License-Identifier: MIT
#include "connection_lines.h"

#include "connection_ports.h"
#include "modem_sequence.h"

// The port stays open, because Linux changes both lines when it is opened and closed.
static int open_ports(struct connection *connection, const char *rom_port, struct problem *problem)
{
    int error =
        connection_is_usb(rom_port) ? 0 : connection_open_rom(connection, rom_port, problem);

    return error ? error : connection_open_application(connection, problem);
}

int connection_lines_enter(struct connection *connection, const char *rom_port,
                           struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;

    if (connection_is_usb(settings->port)) {
        return problem_set(problem, EXIT_USAGE,
                           "the serial port as PORT, with --rom-port usb: where the ROM is on USB",
                           "DTR and RTS at %s: it has none", settings->port);
    }
    int error = open_ports(connection, rom_port, problem);
    if (error) {
        return error;
    }
    connection->driven = connection->application;
    connection->entry_requested = true;
    if (connection->driven == connection->shared) {
        connection_close_application(connection);
    }
    serial_keep_lines(connection->driven);
    return modem_steps_take(&settings->lines->enter, connection->driven, problem);
}

void connection_lines_leave(struct connection *connection)
{
    const struct modem_sequence *lines = connection->settings.lines;
    struct problem ignored;

    if (connection->driven && lines->leave.count) {
        modem_steps_take(&lines->leave, connection->driven, &ignored);
        if (connection->bootloader) {
            connection->bootloader->was_reset = true;
        }
    }
    connection->driven = NULL;
}
