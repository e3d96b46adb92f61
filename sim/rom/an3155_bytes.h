// an3155_bytes.h: the bytes of AN3155: one at a time, with their checksums.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_AN3155_BYTES_H
#define BOOTLEAP_SIM_AN3155_BYTES_H

#include "port.h"
#include "rom_state.h"

enum { AN3155_ACK = 0x79, AN3155_NACK = 0x1F };

// One host at the other end of a line.
struct an3155_session {
    struct rom *rom;
    const struct port *port;
};

void an3155_put(const struct an3155_session *session, unsigned byte);

// The next byte, or -1 when the run is being stopped.
int an3155_get(const struct an3155_session *session);

// Reads `count` bytes and the XOR of all of them and `checksum`. NACKs when it is wrong.
bool an3155_get_checked(const struct an3155_session *session, uint8_t *bytes, size_t count,
                        uint8_t checksum);

// Reads an address, high byte first, and its checksum. NACKs when that is wrong.
bool an3155_get_address(const struct an3155_session *session, uint32_t *address);

#endif
