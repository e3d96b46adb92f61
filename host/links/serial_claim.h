// serial_claim.h: has a serial port to itself, and says who is in the way.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SERIAL_CLAIM_H
#define BOOTLEAP_HOST_SERIAL_CLAIM_H

#include "problem.h"
#include "uucp_lock.h"

#include <stdbool.h>

struct serial_claim {
    struct uucp_lock lock;
    bool exclusive;
};

// The problem of an open() that set errno to `error`. Returns its code.
int serial_claim_refused(const char *port, int error, struct problem *problem);

// Claims a terminal device that is open. `wired`: it has modem lines, so it is no pty. Problems:
// EXIT_FAILED where another program uses it.
int serial_claim_take(struct serial_claim *claim, int file, const char *port, bool wired,
                      struct problem *problem);

// May be called where nothing was claimed.
void serial_claim_end(struct serial_claim *claim, int file);

#endif
