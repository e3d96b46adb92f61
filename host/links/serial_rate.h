// serial_rate.h: baud rates of an open terminal device that have no name in POSIX.
// SPDX-License-Identifier: MIT
//
// One file for each system: serial_rate_linux.c, serial_rate_darwin.c, and serial_rate_posix.c for
// the others.
#ifndef BOOTLEAP_HOST_SERIAL_RATE_H
#define BOOTLEAP_HOST_SERIAL_RATE_H

#include <stdbool.h>

// Sets this rate, in both directions, once everything written has left. False where the system or
// the driver refuses it; a driver that cannot do it may also take another one.
bool serial_rate_set(int file, unsigned baud);

// The rate that the driver says it has; 0 where it does not say.
unsigned serial_rate_get(int file);

#endif
