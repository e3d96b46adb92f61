// report_ok.h: what is ok, on one line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REPORT_OK_H
#define BOOTLEAP_CHECK_REPORT_OK_H

#include <jansson.h>
#include <stdio.h>

// Prints what is ok on one line: points, and where an answer about a point is not ok, which others
// are. Nothing where nothing is.
void report_ok(const json_t *findings, FILE *file);

#endif
