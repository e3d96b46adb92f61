// console.h: what a started application prints on its serial line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CONSOLE_H
#define BOOTLEAP_HOST_CONSOLE_H

#include "serial.h"

enum { CONSOLE_LINE_BYTES = 128 };

// Reads until the application has printed a line (or has printed something and fallen silent),
// with `expect` one that holds that text, for at most `wait_ms`. `text` gets what of the line
// is printable. Problem: EXIT_FAILED.
int console_read_line(struct serial *line, const char *expect, unsigned wait_ms,
                      char text[CONSOLE_LINE_BYTES], struct problem *problem);

#endif
