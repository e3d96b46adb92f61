// progress.h: one bar on stderr for somebody who watches; nothing for a script.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_PROGRESS_H
#define BOOTLEAP_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    bool shown; // stderr is a terminal
    bool open;  // the cursor stands in a bar
};

void progress_start(struct progress *progress);

// `done` of `total` steps of this phase ("erase"). The last step ends the line.
void progress_step(struct progress *progress, const char *phase, size_t done, size_t total);

// Leaves the bar where it is, so that a message may follow.
void progress_stop(struct progress *progress);

#endif
