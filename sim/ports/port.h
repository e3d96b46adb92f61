// port.h: a line of bytes between the chip and whoever is at its other end.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_PORT_H
#define BOOTLEAP_SIM_PORT_H

#include <stdbool.h>
#include <stdint.h>

// What stands at the end of a line: a pseudo-terminal, say. Its state is behind `context`.
struct port {
    void *context;
    // Whether a byte from outside is there; asking may cost a system call.
    bool (*is_waiting)(void *context);
    // Whether one is there that was fetched before: costs nothing.
    bool (*is_buffered)(void *context);
    // The next byte, 0 if there is none.
    uint8_t (*take)(void *context);
    // Sends a byte. Lost if nobody reads, as on a wire.
    void (*send)(void *context, uint8_t byte);
    // Waits until a byte is there, at most `ms` milliseconds.
    void (*wait)(void *context, int ms);
};

#endif
