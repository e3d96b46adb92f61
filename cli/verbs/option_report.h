// option_report.h: what the verbs say about option bytes, as text and as JSON.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_OPTION_REPORT_H
#define BOOTLEAP_CLI_OPTION_REPORT_H

#include "option_plan.h"

#include <jansson.h>

// All fields of a row: what they are called and where they stand. With what was read of a chip
// (NULL: nothing) their values. `only`: of one field, NULL for all. `report`: instead of printing;
// what is in its list already stays.
void option_report_fields(const struct device *device, const struct option_bytes *read,
                          const struct option_field *only, json_t *report);

// The changes of a plan, and the command lines that take them back, one a line.
void option_report_plan(const struct option_plan *plan, json_t *report);

// What protects the flash of a chip.
void option_report_protection(const struct target *target, json_t *report);

#endif
