// gdb_link.h: the packets of GDB's remote serial protocol, over TCP on this machine.
// SPDX-License-Identifier: MIT
//
// Protocol: "Debugging with GDB", appendix "GDB Remote Serial Protocol", overview and
// "Interrupts": $text#checksum, acknowledged with + or -; a bare 0x03 asks to stop.
#ifndef BOOTLEAP_SIM_GDB_LINK_H
#define BOOTLEAP_SIM_GDB_LINK_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GDB_PACKET = 4096 }; // the longest text, with its terminating 0

struct gdb_link {
    int listener, connection; // -1: none
    unsigned port;
    bool no_ack; // GDB has asked to do without acknowledgements
    uint8_t input[1024];
    size_t first, count; // of what was read and not yet used
    char text[GDB_PACKET];
    size_t length;
};

enum gdb_event {
    GDB_NOTHING,   // not in the time given
    GDB_TEXT,      // a packet is in link->text
    GDB_INTERRUPT, // Ctrl-C
    GDB_GONE,      // the connection has ended
};

// Listens on 127.0.0.1:port; port 0 takes a free one, link->port says which.
int gdb_link_open(struct gdb_link *link, unsigned port, struct problem *problem);
void gdb_link_close(struct gdb_link *link);

// Waits at most `ms` milliseconds until GDB connects.
bool gdb_link_accept(struct gdb_link *link, int ms);

// What GDB sends next, within about `ms` milliseconds. A packet is acknowledged.
enum gdb_event gdb_link_receive(struct gdb_link *link, int ms);
void gdb_link_send(struct gdb_link *link, const char *text);

// Ends the connection; another one can be accepted.
void gdb_link_hang_up(struct gdb_link *link);

#endif
