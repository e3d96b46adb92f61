// instruction_trace.h: lists each instruction and register write up to the handoff.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_INSTRUCTION_TRACE_H
#define BOOTLEAP_SIM_INSTRUCTION_TRACE_H

#include "chip.h"

#include <stdio.h>

struct instruction_trace;

// Writes to `file` whenever the chip executes the function `name` at `entry`, until an instruction
// is fetched in system memory or the function comes back. The file stays open until after
// instruction_trace_close(). NULL with *problem filled in if that cannot be done.
struct instruction_trace *instruction_trace_open(struct chip *chip, FILE *file, const char *name,
                                                 uint32_t entry, struct problem *problem);

// To be called when chip_run() has come back: the handoff ends what is written.
void instruction_trace_look(struct instruction_trace *trace);

// Either may be NULL. False if not all could be written.
bool instruction_trace_close(struct instruction_trace *trace);

#endif
