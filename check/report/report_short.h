// report_short.h: what is ok, and what is as it was found, on one line each.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REPORT_SHORT_H
#define BOOTLEAP_CHECK_REPORT_SHORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

// Whether it is a note about what is as it was found: the line below tells it.
bool report_short_is_left(const json_t *finding);

// Prints a line of what is as it was found, and one of what is ok: points, and of a point with
// other answers too, which they are. No line where nothing is.
void report_short(const json_t *findings, FILE *file);

#endif
