// register_trace.h: lists each access of the core to a peripheral register.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REGISTER_TRACE_H
#define BOOTLEAP_SIM_REGISTER_TRACE_H

#include "chip.h"

#include <stdio.h>

struct register_trace;

// Writes a line of CSV to `file` for each access to peripheral space and to the private peripheral
// bus, and one for each reset; the first line has the names of the columns. The file stays open
// until after register_trace_close(). NULL with *problem filled in if that cannot be done.
struct register_trace *register_trace_open(struct chip *chip, FILE *file, struct problem *problem);

// It may be NULL. False if not all could be written.
bool register_trace_close(struct register_trace *trace);

#endif
