// gdb.h: lets GDB hold the core and look at it ("target remote").
// SPDX-License-Identifier: MIT
//
// The run does not notice: what GDB does takes no instruction and no time of the chip, a
// breakpoint changes no memory. A reset does not end the connection.
#ifndef BOOTLEAP_SIM_GDB_H
#define BOOTLEAP_SIM_GDB_H

#include "chip.h"

#include <signal.h>

struct gdb;

// Listens on 127.0.0.1:port; port 0 takes a free one. The core halts at its first instruction.
struct gdb *gdb_open(struct chip *chip, unsigned port, const volatile sig_atomic_t *stop,
                     struct problem *problem);
unsigned gdb_port(const struct gdb *gdb);

// The others do nothing if `gdb` is NULL.

// To be called before the core first runs: waits until GDB has connected, or *stop is set.
void gdb_wait(struct gdb *gdb);

// To be called when chip_run() has come back with `alive`: answers GDB for as long as it holds
// the core. True if the run goes on as if chip_run() had not come back.
bool gdb_look(struct gdb *gdb, bool alive);

// To be called now and then while the ROM runs: answers GDB if it wants to look.
// True if it has ended the run.
bool gdb_look_at_rom(void *gdb);

// Whether GDB has asked to end the run.
bool gdb_has_killed(const struct gdb *gdb);

// Tells GDB how the run ended, and hangs up.
void gdb_close(struct gdb *gdb, int exit_code);

#endif
