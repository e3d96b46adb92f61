// report_findings.h: findings as text: each with its place, its calls and what to change.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REPORT_FINDINGS_H
#define BOOTLEAP_CHECK_REPORT_FINDINGS_H

#include "report.h"

// Prints what is not ok, or also that with request->verbose, or errors alone with request->quiet.
// The place and the calls of `entry`, above, are not said again; NULL: there is none.
void report_findings(const json_t *findings, const json_t *entry,
                     const struct report_request *request, FILE *file);

#endif
