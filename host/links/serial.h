// serial.h: a serial line: bytes in both directions, with a baud rate and a parity.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SERIAL_H
#define BOOTLEAP_HOST_SERIAL_H

#include "monitor.h"
#include "problem.h"

#include <stddef.h>
#include <stdint.h>

// 8 data bits and 1 stop bit always.
enum parity { PARITY_NONE, PARITY_EVEN };

// The lines that a computer drives beside its data: bits.
enum serial_line { SERIAL_DTR = 1, SERIAL_RTS = 2 };

struct serial;

// Opens `port`, a path or "serial:PATH". Nobody else can open it until serial_close. Its settings
// are anybody's until serial_configure. Problems: EXIT_NO_DEVICE where there is no such port,
// EXIT_USAGE where it is no serial port, else EXIT_FAILED.
int serial_open(struct serial **line, const char *port, struct problem *problem);

// Restores the settings that the port had when it was opened. May be called with NULL.
void serial_close(struct serial *line);

// From now on `monitor` is told what goes over the line. It stays the caller's, and may be NULL.
void serial_monitor(struct serial *line, const struct monitor *monitor);

// Changes the settings once everything written has left. What was received stays readable.
// Problems: EXIT_USAGE where the baud rate does not exist, else EXIT_FAILED.
int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem);

// Reads up to `size` bytes and returns how many came before the line was silent for
// `silence_ms`, or -1 when the line is gone (unplugged, or the other end closed it).
int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms);

// Writes all bytes. 0, or -1 when the line is gone or takes nothing for a second.
int serial_write(struct serial *line, const void *bytes, size_t size);

// XOR of all bytes that were written since the last one was read.
uint8_t serial_unanswered(const struct serial *line);

// Sets the rate that asks Arduino's cores and others for their loader, and lets go of DTR. Close
// the line then. Whoever hears it leaves, so the line may be gone before this is over: that is no
// problem. Problems: those of serial_configure.
int serial_touch(struct serial *line, unsigned baud, struct problem *problem);

// Asserts those of `lines`, bits of enum serial_line, that are in `asserted`, and lets go of the
// others of them, at once. Without this nothing changes DTR and RTS but the system: Linux asserts
// both when a port is opened, and lets go of both when it is closed. Problem: EXIT_FAILED.
int serial_set_lines(struct serial *line, unsigned lines, unsigned asserted,
                     struct problem *problem);

// From now on DTR and RTS stay as they are when the port is closed. For that the port keeps a
// setting: HUPCL is off afterwards.
void serial_keep_lines(struct serial *line);

// Throws away what was received and not read.
void serial_discard(struct serial *line);

// Reads and throws away until the line is silent for `silence_ms`, at most for `limit_ms`.
void serial_await_silence(struct serial *line, unsigned silence_ms, unsigned limit_ms);

// The path, for messages.
const char *serial_port(const struct serial *line);

#endif
