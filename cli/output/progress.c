// progress.c: draws the bar.
// SPDX-License-Identifier: MIT
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

void progress_start(struct progress *progress)
{
    *progress = (struct progress){.shown = isatty(STDERR_FILENO) == 1};
}

void progress_step(struct progress *progress, const char *phase, size_t done, size_t total)
{
    static const char full[] = "########################################";
    const int width = (int)sizeof full - 1;

    if (!progress->shown || total == 0) {
        return;
    }
    int filled = (int)(done * (size_t)width / total);
    fprintf(stderr, "\r%-7s[%.*s%*s] %3zu%%", phase, filled, full, width - filled, "",
            done * 100 / total);
    progress->open = true;
    if (done == total) {
        progress_stop(progress);
    }
    fflush(stderr);
}

void progress_stop(struct progress *progress)
{
    if (progress->open) {
        fputc('\n', stderr);
    }
    progress->open = false;
}
