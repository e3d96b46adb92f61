// report_findings.h: findings as text: each with its place, its calls and what to change.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REPORT_FINDINGS_H
#define BOOTLEAP_CHECK_REPORT_FINDINGS_H

#include "report.h"

// Prints what is not ok, or also that with request->verbose, or errors alone with request->quiet.
void report_findings(const json_t *findings, const struct report_request *request, FILE *file);

// Prints what is ok on one line; nothing where nothing is. `origin` is the finding's entry.
void report_ok(const json_t *findings, FILE *file);

#endif
