// progress.c: draws the bar.
// SPDX-License-Identifier: MIT
#include "progress.h"

#include "terminal.h"

#include <stdio.h>

enum {
    LONG_MS = 10000, // a wait for which a script gets a line
    FIRST_MS = 4000, // when it gets the first
    EVERY_MS = 8000, // and how often it gets another one
    SECONDS_WIDTH = 40,
};

void progress_start(struct progress *progress, const char *verb)
{
    *progress = (struct progress){.verb = verb, .shown = terminal_is(stderr)};
}

// `seconds` stands behind the bar; what stood there before is overwritten.
static void draw(struct progress *progress, const char *seconds)
{
    static const char full[] = "########################################";
    const int width = (int)sizeof full - 1;
    int filled = (int)(progress->done * (size_t)width / progress->total);

    fprintf(stderr, "\r%-7s[%.*s%*s] %3zu%%%-*s", progress->phase, filled, full, width - filled, "",
            progress->done * 100 / progress->total, SECONDS_WIDTH, seconds);
    progress->open = true;
    fflush(stderr);
}

void progress_hide(struct progress *progress)
{
    progress->quiet = true;
    progress->shown = false;
}

void progress_step(struct progress *progress, const char *phase, size_t done, size_t total)
{
    if (!progress->shown || total == 0) {
        return;
    }
    progress->phase = phase;
    progress->done = done;
    progress->total = total;
    draw(progress, "");
    if (done == total) {
        progress_stop(progress);
    }
}

void progress_wait(void *context, const char *what, unsigned waited_ms, unsigned most_ms)
{
    struct progress *progress = context;
    char seconds[SECONDS_WIDTH + 1];
    const unsigned whole_ms = waited_ms / 1000 * 1000;
    bool due = whole_ms == 0 || whole_ms % EVERY_MS == FIRST_MS;

    snprintf(seconds, sizeof seconds, "  %u s, at most %u s", waited_ms / 1000,
             (most_ms + 999) / 1000);
    if (progress->shown && progress->phase) {
        draw(progress, seconds);
    } else if (progress->shown) {
        fprintf(stderr, "\rwaiting for %s:%-*s", what, SECONDS_WIDTH, seconds);
        progress->open = true;
        fflush(stderr);
    } else if (!progress->quiet && most_ms > LONG_MS && due) {
        fprintf(stderr, "bootleap: %s: %s: waiting for %u s now, at most %u s\n", progress->verb,
                what, waited_ms / 1000, (most_ms + 999) / 1000);
    }
}

void progress_stop(struct progress *progress)
{
    if (progress->open) {
        fputc('\n', stderr);
    }
    progress->open = false;
    progress->phase = NULL;
}

static void step(void *context, const char *phase, size_t done, size_t total)
{
    progress_step(context, phase, done, total);
}

static void stop(void *context)
{
    progress_stop(context);
}

struct watch progress_watch(struct progress *progress, bool (*interrupted)(void *context))
{
    return (struct watch){
        .context = progress, .step = step, .stop = stop, .interrupted = interrupted};
}
