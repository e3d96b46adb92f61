// progress.h: one bar on stderr for somebody who watches; a line for a script that waits long.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_PROGRESS_H
#define BOOTLEAP_CLI_PROGRESS_H

#include "watch.h"

#include <stdbool.h>
#include <stddef.h>

struct progress {
    const char *verb;  // for a line: "flash"
    bool shown;        // stderr is a terminal
    bool quiet;        // nothing is printed, whoever looks
    bool open;         // the cursor stands in a bar
    const char *phase; // of the bar, NULL before the first
    size_t done, total;
};

void progress_start(struct progress *progress, const char *verb);

// `done` of `total` steps of this phase ("erase"). The last step ends the line.
// Nothing of it is printed from now on.
void progress_hide(struct progress *progress);

void progress_step(struct progress *progress, const char *phase, size_t done, size_t total);

// What is awaited ("erase of page 5"), for how long now and for how long at most. On a terminal the
// bar counts the seconds; else a wait that may take more than 10 s is a line every 8 s.
// `context` is a struct progress: a bootloader hands it through.
void progress_wait(void *context, const char *what, unsigned waited_ms, unsigned most_ms);

// The same progress as functions of a watch, which holds until the progress ends. `interrupted` may
// be NULL.
struct watch progress_watch(struct progress *progress, bool (*interrupted)(void *context));

// Leaves the bar where it is, so that a message may follow.
void progress_stop(struct progress *progress);

#endif
