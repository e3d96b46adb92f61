// console.c: reads lines from the application until one will do.
// SPDX-License-Identifier: MIT
#include "console.h"

#include "monotonic.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LINE_SILENCE_MS = 200 };

// What does not print is left out, a line end ends the line. A NUL is no byte at all: it is how a
// line that is held low for a moment, by a pin that changes hands, reads.
static bool add(char text[CONSOLE_LINE_BYTES], size_t *length, uint8_t byte)
{
    if ((byte == '\n' || byte == '\r') && *length > 0) {
        return true;
    }
    if (byte < 0x7F && isprint(byte) && *length + 1 < CONSOLE_LINE_BYTES) {
        text[(*length)++] = (char)byte;
    }
    text[*length] = '\0';
    return false;
}

static int no_line(const struct serial *line, const char *expect, bool heard, unsigned wait_ms,
                   struct problem *problem)
{
    if (heard) {
        problem_set(problem, EXIT_FAILED, "--expect as the application prints it",
                    "start at %s: the application answers, but not with \"%s\" within %u ms",
                    serial_port(line), expect, wait_ms);
        return problem_blame(problem, FAULT_APPLICATION);
    }
    problem_set(
        problem, EXIT_FAILED,
        "--app-baud as the application has it, a longer --start-wait, or --start-wait 0 if it "
        "prints nothing when it starts",
        "start at %s: no answer from the application within %u ms", serial_port(line), wait_ms);
    return problem_blame(problem, FAULT_APPLICATION);
}

int console_read_line(struct serial *line, const char *expect, unsigned wait_ms,
                      char text[CONSOLE_LINE_BYTES], struct problem *problem)
{
    uint64_t now = monotonic_ms(), end = now + wait_ms;
    size_t length = 0;
    bool heard = false, found = expect == NULL;
    uint8_t byte;

    text[0] = '\0';
    for (; now < end; now = monotonic_ms()) {
        unsigned left = (unsigned)(end - now);
        bool line_open = heard && found;
        unsigned silence = line_open && left > LINE_SILENCE_MS ? LINE_SILENCE_MS : left;
        int got = serial_read(line, &byte, 1, silence);
        if (got < 0) {
            problem_set(problem, EXIT_FAILED, "check the cable", "start at %s: the port is gone",
                        serial_port(line));
            return problem_blame(problem, FAULT_LINE);
        }
        if (got == 0 && line_open) {
            return 0;
        }
        if (got == 0 || byte == 0) {
            continue;
        }
        heard = true;
        bool ended = add(text, &length, byte);
        found = found || strstr(text, expect) != NULL;
        if (ended && found) {
            return 0;
        }
        if (ended) {
            length = 0;
        }
    }
    if (heard && found) {
        return 0;
    }
    return no_line(line, expect, heard, wait_ms, problem);
}
