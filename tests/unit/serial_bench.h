// serial_bench.h: a pty that a serial line is opened on, with modem lines where a test wants them.
// SPDX-License-Identifier: MIT
//
// A pty has no modem lines. The linker puts this file's ioctl(), and two functions of the room, in
// the places of the real ones: --wrap.
#ifndef BOOTLEAP_TESTS_SERIAL_BENCH_H
#define BOOTLEAP_TESTS_SERIAL_BENCH_H

#include "serial.h"

#include <stdbool.h>
#include <termios.h>

enum { SERIAL_BENCH_PATH_BYTES = 128, SERIAL_BENCH_CHANGES = 64 };

struct serial_bench {
    char port[SERIAL_BENCH_PATH_BYTES];
    char folder[SERIAL_BENCH_PATH_BYTES];    // of lock files; "": there is none
    char lock[SERIAL_BENCH_PATH_BYTES + 32]; // the port's
    int master, slave;                       // held open, so that settings stay
    bool wired;                              // it has modem lines
    int lines;                               // that are asserted: TIOCM_DTR, TIOCM_RTS
    struct serial_bench_change {
        int lines; // after it
        uint64_t ms;
    } changes[SERIAL_BENCH_CHANGES];
    unsigned change_count;
    unsigned driver_baud; // what the driver has, whatever it was asked for; 0: that
};

// There is only one at a time, because ioctl() has no place for it.
extern struct serial_bench serial_bench;

int serial_bench_set_up(void **state);
int serial_bench_tear_down(void **state);

// The port, opened.
struct serial *serial_bench_open(void);

// The settings that it has now.
struct termios serial_bench_settings(void);

#endif
