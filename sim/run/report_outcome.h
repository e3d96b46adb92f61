// report_outcome.h: prints what comes of a handoff over each wire, and on what ground.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REPORT_OUTCOME_H
#define BOOTLEAP_SIM_REPORT_OUTCOME_H

#include <jansson.h>
#include <stdio.h>

void report_outcome(const json_t *handoff, FILE *file);

#endif
