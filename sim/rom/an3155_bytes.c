// an3155_bytes.c: moves the bytes of AN3155 through a port and checks them.
// SPDX-License-Identifier: MIT
#include "an3155_bytes.h"

#include "rom_time.h"

enum { POLL_MS = 20 };

void an3155_put(const struct an3155_session *session, unsigned byte)
{
    session->port->send(session->port->context, (uint8_t)byte);
}

int an3155_get(const struct an3155_session *session)
{
    const struct port *port = session->port;

    while (!port->is_waiting(port->context)) {
        if (rom_is_over(session->rom)) {
            return -1;
        }
        port->wait(port->context, POLL_MS);
    }
    return port->take(port->context);
}

bool an3155_get_checked(const struct an3155_session *session, uint8_t *bytes, size_t count,
                        uint8_t checksum)
{
    int last;

    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)an3155_get(session);
        checksum ^= bytes[i];
    }
    last = an3155_get(session);
    if (last != checksum) {
        an3155_put(session, AN3155_NACK);
        return false;
    }
    return true;
}

bool an3155_get_address(const struct an3155_session *session, uint32_t *address)
{
    uint8_t bytes[4];

    if (!an3155_get_checked(session, bytes, 4, 0)) {
        return false;
    }
    *address =
        (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return true;
}
