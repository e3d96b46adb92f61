// line_log.h: a file to which several programs append lines, each of which is there or is not.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_LINE_LOG_H
#define BOOTLEAP_HOST_LINE_LOG_H

#include "problem.h"

#include <stddef.h>
#include <stdint.h>

struct line_log;

// Opens the log, or makes it. `option` is what messages call it by: "--record". Problem:
// EXIT_USAGE where it is no file, or may not be written.
int line_log_open(struct line_log **log, const char *option, const char *path,
                  struct problem *problem);
void line_log_close(struct line_log *log); // may be NULL

// Waits until nobody else has locked it. What stands behind its last line end is cut off: a program
// was killed, or the power failed, in the middle of that line. Problem: EXIT_FAILED.
int line_log_lock(struct line_log *log, struct problem *problem);
void line_log_unlock(struct line_log *log);

// While it is locked: all lines from byte `from` on, with a 0 behind them; the caller frees them.
// *size is without it. Problem: EXIT_FAILED.
int line_log_read(struct line_log *log, uint64_t from, char **text, size_t *size,
                  struct problem *problem);

// While it is locked: appends one line, which ends with '\n', by one write, and returns once the
// disk has it. Problem: EXIT_FAILED, and then nothing of the line is there.
int line_log_append(struct line_log *log, const char *line, struct problem *problem);

// All three at once.
int line_log_add(struct line_log *log, const char *line, struct problem *problem);

#endif
