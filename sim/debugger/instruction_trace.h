// instruction_trace.h: lists each instruction and register write up to the handoff.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_INSTRUCTION_TRACE_H
#define BOOTLEAP_SIM_INSTRUCTION_TRACE_H

#include "chip.h"

struct instruction_trace;

// Writes to the file at `path` whenever the chip executes the function `name` at `entry`, until
// an instruction is fetched in system memory or the function comes back. NULL with *problem
// filled in if that cannot be done.
struct instruction_trace *instruction_trace_open(struct chip *chip, const char *path,
                                                 const char *name, uint32_t entry,
                                                 struct problem *problem);

// To be called when chip_run() has come back: the handoff ends what is written.
void instruction_trace_look(struct instruction_trace *listing);

// Either may be NULL. False if not all could be written.
bool instruction_trace_close(struct instruction_trace *listing);

#endif
