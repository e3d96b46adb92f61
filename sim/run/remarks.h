// remarks.h: what a reader should know about the ELF before the verdict.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REMARKS_H
#define BOOTLEAP_SIM_REMARKS_H

#include "run_state.h"

#include <jansson.h>

// Sentences about the file and how it was started, of which none is a finding.
json_t *remarks_pack(const struct run *run);

// A line each.
void remarks_print(const json_t *summary, FILE *file);

#endif
