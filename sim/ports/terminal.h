// terminal.h: a pseudo-terminal that stands for the wire of one USART.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_TERMINAL_H
#define BOOTLEAP_SIM_TERMINAL_H

#include "port.h"
#include "problem.h"

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BESIDE_MOST = 16 };

// What is looked at, too, while somebody waits for a terminal.
struct beside {
    void *context;
    // What to wait for, at most BESIDE_MOST. Returns how many.
    size_t (*polls)(void *context, struct pollfd *polls);
    void (*look)(void *context);
};

struct terminal {
    int master;
    int slave;        // held open, so that hosts may come and go
    char path[64];    // what a host opens
    const char *link; // a symbolic link to it, or NULL
    uint8_t input[256];
    size_t first, count;         // of what was read and not yet taken
    struct port port;            // the chip's end of it
    const struct beside *beside; // NULL: nothing
};

// Makes a terminal, which must stay where it is, and, unless `link` is NULL, a symbolic link to it
// (an old link is replaced, anything else there is refused).
int terminal_open(struct terminal *terminal, const char *link, struct problem *problem);
void terminal_close(struct terminal *terminal);

// Whether a byte from the host is there.
bool terminal_waiting(struct terminal *terminal);
// The next byte, 0 if there is none.
uint8_t terminal_take(struct terminal *terminal);
// Puts text into the input, as if the host had sent it; what does not fit is lost.
void terminal_type(struct terminal *terminal, const char *text);
// Sends a byte. Lost if the host does not read, as on a wire.
void terminal_send(struct terminal *terminal, uint8_t byte);

// Waits until one of the terminals has a byte, at most `ms` milliseconds.
void terminal_wait(struct terminal *const *terminals, size_t count, int ms);

#endif
