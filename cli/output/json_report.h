// json_report.h: the one JSON object that a verb prints with --json, whatever happens.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_JSON_REPORT_H
#define BOOTLEAP_CLI_JSON_REPORT_H

#include "problem.h"

#include <jansson.h>

// Of the keys that docs/cli-json.md describes. It grows when a key goes or changes its meaning; a
// new key leaves it as it is.
enum { JSON_REPORT_SCHEMA = 1 };

// A new object with keys schema and verb. The verb adds its own.
json_t *json_report_begin(const char *verb);

// Adds keys exit_code and error: null where `code` is 0, else {what, try, fault} of the problem.
void json_report_end(json_t *report, int code, const struct problem *problem);

// Writes the report to stdout and frees it.
void json_report_print(json_t *report);

#endif
