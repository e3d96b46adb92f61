// option_session.h: from the command line to a chip whose option bytes are known.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_OPTION_SESSION_H
#define BOOTLEAP_CLI_OPTION_SESSION_H

#include "handle.h"
#include "option_write.h"
#include "shared_options.h"

struct option_session {
    const struct options *options;
    struct handle handle;
    struct connection *connection; // the handle's
    struct target *target;         // the same
    struct option_bytes before;
    struct option_return after; // refers to the three above
};

// Finds the ROM at the argument with this number, and asks its chip all that it shows.
// option_session_close afterwards, whatever the result.
int option_session_open(struct option_session *session, const char *verb,
                        const struct options *options, int number, struct problem *problem);

void option_session_close(struct option_session *session);

// Options that say what may be lost, and --device; ended by a row without a name.
extern const struct option_row option_session_losses[];
extern const struct option_row option_session_device[];

// Adds the loss that the row is named after to those that may be.
option_parser option_set_loss;

#endif
