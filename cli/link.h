// link.h: a pipe of bytes to whatever hangs on a serial port: the ROM or the application.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_LINK_H
#define BOOTLEAP_CLI_LINK_H

#include "problem.h"

#include <stddef.h>
#include <stdint.h>

// 8 data bits and 1 stop bit always.
enum parity { PARITY_NONE, PARITY_EVEN };

struct link;

// Opens `port`, a path or "serial:PATH", and throws away what waits there from before.
// Nobody else can open it until link_close. Problems: EXIT_NO_DEVICE where there is no such
// port, EXIT_USAGE where it is no port or the baud rate does not exist, else EXIT_FAILED.
int link_open(struct link **link, const char *port, unsigned baud, enum parity parity,
              struct problem *problem);

// May be called with NULL.
void link_close(struct link *link);

// Changes the line once everything written has left. What was received stays readable.
int link_set(struct link *link, unsigned baud, enum parity parity, struct problem *problem);

// Reads up to `size` bytes and returns how many came before the line was silent for
// `silence_ms`, or -1 when the line is gone (unplugged, or the other end closed it).
int link_read(struct link *link, uint8_t *bytes, size_t size, unsigned silence_ms);

// Writes all bytes. 0, or -1 when the line is gone or takes nothing for a second.
int link_write(struct link *link, const void *bytes, size_t size);

// Throws away what was received and not read.
void link_discard(struct link *link);

// Reads and throws away until the line is silent for `silence_ms`, at most for `limit_ms`.
void link_quiet(struct link *link, unsigned silence_ms, unsigned limit_ms);

// The path, for messages.
const char *link_port(const struct link *link);

// Milliseconds of a clock that never jumps.
uint64_t link_now_ms(void);

#endif
