// json_report.h: the one JSON object that a program prints with --json, whatever happens.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_JSON_REPORT_H
#define BOOTLEAP_COMMON_JSON_REPORT_H

#include "problem.h"

#include <jansson.h>

// Of the keys that docs/cli-json.md and docs/check-json.md describe. It grows when a key goes or
// changes its meaning; a new key leaves it as it is.
enum { JSON_REPORT_SCHEMA = 1 };

// A new object with keys schema and verb; NULL: a program without verbs. It gets keys of its own.
json_t *json_report_begin(const char *verb);

// Adds keys exit_code and error: {what, try, fault} of the problem; null where `code` is 0, and
// where the problem has no words, because the report itself says what was found.
void json_report_end(json_t *report, int code, const struct problem *problem);

// Writes the report to stdout and frees it.
void json_report_print(json_t *report);

#endif
