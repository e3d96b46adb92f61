// report.h: prints the summary of a run for people.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REPORT_H
#define BOOTLEAP_SIM_REPORT_H

#include <jansson.h>
#include <stdio.h>

// Prints what summary_pack() made: the points that do not hold, or that all do, per
// handoff; the way back; the end.
void report_print(const json_t *summary, FILE *file);

#endif
