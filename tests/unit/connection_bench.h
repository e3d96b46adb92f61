// connection_bench.h: lines, USB devices and a bootloader without ports: what happens is a text.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CONNECTION_BENCH_H
#define BOOTLEAP_TESTS_CONNECTION_BENCH_H

#include "connection.h"
#include "memory_bootloader.h"
#include "serial.h"
#include "usb.h"

enum { BENCH_LOG_BYTES = 512, BENCH_LINES = 2, BENCH_DEVICES = 4 };

struct serial {
    char port[32];
    bool open;
};

struct usb {
    int unused;
};

// A device on USB, of no role where there is none.
struct bench_device {
    struct usb_found found;
    bool after_asking, leaves_when_asked; // the application
    unsigned stays_ms;                    // it is taken away after this time; 0: it stays
    unsigned comes_ms;                    // so long after that, or after the start
};

struct connection_bench {
    char log[BENCH_LOG_BYTES]; // what happened, in words
    struct serial lines[BENCH_LINES];
    struct memory_bootloader memory;
    struct serial *rom_line;
    unsigned opened;     // bootloaders
    const char *printed; // by the application
    uint64_t now, asked_at;
    struct bench_device devices[BENCH_DEVICES];
    unsigned port_bus, port_address; // of the serial port; 0: it is not on USB
    bool refuses_detach;
    bool has_no_lines; // DTR, RTS
    // So often a serial port of a ROM may not be opened, is not there, may not be opened again.
    unsigned denied_first, absent, denied;
    bool usb_answers; // ... and a ROM on USB does, whatever a line does
    unsigned gone;    // so many ROMs on USB are gone when they are opened
    int monitored;    // lines and devices
    struct usb usb;
};

// There is only one at a time, because what it stands in for has no place for it.
extern struct connection_bench bench;

void connection_bench_set_up(void);

// Closes the connection; all that was opened must be closed then.
void connection_bench_assert_closed(struct connection *connection);

#endif
