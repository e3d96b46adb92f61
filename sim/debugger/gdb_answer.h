// gdb_answer.h: what GDB asks of a core that is held.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_GDB_ANSWER_H
#define BOOTLEAP_SIM_GDB_ANSWER_H

#include "chip.h"
#include "gdb_link.h"

enum { GDB_BREAKPOINTS = 64 };

struct gdb_talk {
    struct gdb_link link;
    struct chip *chip;
    uint32_t breakpoints[GDB_BREAKPOINTS];
    size_t breakpoint_count;
};

// Answers the packet `text`: registers, memory, breakpoints, questions about the target.
void gdb_answer(struct gdb_talk *gdb, const char *text);

#endif
