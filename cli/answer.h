// answer.h: the sign of life of an application that was just started.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_ANSWER_H
#define BOOTLEAP_CLI_ANSWER_H

#include "link.h"

enum { ANSWER_LINE_BYTES = 128 };

struct answer {
    char line[ANSWER_LINE_BYTES]; // the first one, or the one with the expected text; printable
};

// Reads until the application has printed a line (or has printed something and fallen silent),
// with `expect` until a line holds that text, for at most `wait_ms`. Problem: EXIT_FAILED.
int answer_wait(struct answer *answer, struct link *link, const char *expect, unsigned wait_ms,
                struct problem *problem);

#endif
