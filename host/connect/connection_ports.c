// connection_ports.c: opens and closes the ports of a connection.
// SPDX-License-Identifier: MIT
#include "connection_ports.h"

#include "bootloader_open.h"
#include "serial.h"

#include <string.h>

enum { USUAL_BAUD = 115200 };

bool connection_is_usb(const char *port)
{
    return strncmp(port, "usb:", 4) == 0;
}

int connection_open_rom(struct connection *connection, const char *port, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    const struct bootloader_settings rom_settings = {.baud = settings->rom_baud,
                                                     .timeout_ms = settings->timeout_ms,
                                                     .monitor = settings->monitor};
    bool share_port = strcmp(port, settings->port) == 0;
    struct serial *line = NULL;

    int error = bootloader_open(&connection->bootloader, port, &rom_settings, &line, problem);
    if (error) {
        return error;
    }
    connection->bootloader->wait = settings->wait;
    connection->line = line;
    connection->shared = share_port ? line : NULL;
    connection->looks = 0;
    connection->has_application = !connection_is_usb(settings->port);
    return 0;
}

void connection_close_rom(struct connection *connection)
{
    if (connection->bootloader) {
        connection->bootloader->ops->close(connection->bootloader);
    }
    if (connection->driven == connection->line) {
        connection->driven = NULL;
    }
    connection->bootloader = NULL;
    connection->line = NULL;
    connection->shared = NULL;
}

void connection_close_all(struct connection *connection)
{
    connection_close_application(connection);
    connection_close_rom(connection);
}

unsigned connection_application_baud(const struct connection_settings *settings)
{
    unsigned named = settings->ask == ASK_SEQUENCE ? settings->sequence->baud : 0;

    if (settings->app_baud) {
        return settings->app_baud;
    }
    return named ? named : USUAL_BAUD;
}

int connection_open_application(struct connection *connection, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    struct serial *line = connection->application ? connection->application : connection->shared;
    bool opens = line == NULL;

    int error = opens ? serial_open(&line, settings->port, problem) : 0;
    if (error == 0 && opens) {
        serial_monitor(line, settings->monitor);
    }
    if (error == 0) {
        error = serial_configure(line, connection_application_baud(settings), PARITY_NONE, problem);
    }
    if (error == 0 && opens) {
        serial_discard(line);
    }
    if (error && opens) {
        serial_close(line);
        return error;
    }
    connection->application = line;
    return error;
}

// An application with a USB port of its own takes the port away when it leaves.
void connection_close_application(struct connection *connection)
{
    if (connection->application != connection->shared) {
        if (connection->driven == connection->application) {
            connection->driven = NULL;
        }
        serial_close(connection->application);
    }
    connection->application = NULL;
}
