// doctor_report.h: what `bootleap doctor` found at one place, for people and for scripts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_DOCTOR_REPORT_H
#define BOOTLEAP_CLI_DOCTOR_REPORT_H

#include "diagnose.h"

#include <jansson.h>

// What was looked at, and the causes that were found, likeliest first.
struct doctor_report {
    const char *port;
    const char *what; // "" where nobody knows
    const struct finding *findings;
    size_t count;
};

void doctor_report_print(const struct doctor_report *report);

json_t *doctor_report_json(const struct doctor_report *report);

#endif
