// connection_return.c: finds the bootloader of a chip that has reset itself.
// SPDX-License-Identifier: MIT
#include "connection.h"
#include "connection_ports.h"
#include "monotonic.h"

#include <stdio.h>

enum {
    LEAST_MS = 300, // for one answer
    PAUSE_MS = 100,
    GONE_MS = 500, // a device on USB is gone by then
};

static unsigned left_ms(uint64_t end)
{
    uint64_t now = monotonic_ms();

    return now < end ? (unsigned)(end - now) : 0;
}

static int open_again(struct connection *connection, const char *port, struct problem *problem)
{
    connection_close_rom(connection);
    return connection_open_rom(connection, port, problem);
}

int connection_return(struct connection *connection, unsigned window_ms, struct problem *problem)
{
    uint64_t end = monotonic_ms() + window_ms;
    bool anew = connection->bootloader->lost;
    char port[CONNECTION_USB_PORT_BYTES] = "";
    int error;

    if (anew) { // its place on USB, whatever chose it
        snprintf(port, sizeof port, "%s", connection->bootloader->port);
    }
    monotonic_sleep_ms(anew ? (unsigned)GONE_MS : 0);
    do {
        monotonic_sleep_ms(PAUSE_MS);
        error = anew ? open_again(connection, port, problem) : 0;
        if (error == 0) {
            unsigned left = left_ms(end);
            error = connection->bootloader->ops->identify(
                connection->bootloader, left > LEAST_MS ? left : (unsigned)LEAST_MS,
                RECOVERY_STARTS, problem);
        }
    } while (error && anew && left_ms(end));
    return error;
}
