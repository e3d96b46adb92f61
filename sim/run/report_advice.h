// report_advice.h: prints what to change.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REPORT_ADVICE_H
#define BOOTLEAP_SIM_REPORT_ADVICE_H

#include <jansson.h>
#include <stdio.h>

// Each piece of advice on a line, and under it the places in the code that it is about.
void report_advice(const json_t *advice, FILE *file);

// Those places of a list, the innermost first, of which the line is known.
void report_places(const json_t *places, FILE *file);

#endif
