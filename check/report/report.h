// report.h: the result of a check as JSON, of which the text report is made, too.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REPORT_H
#define BOOTLEAP_CHECK_REPORT_H

#include "check.h"

#include <jansson.h>
#include <stdbool.h>

// What the user asked for, as far as the report depends on it.
struct report_request {
    const struct device *device; // that was named; NULL: none
    bool strict;                 // what is unknown fails, too
    bool accepts_no_entry;       // a program without an entry is as it should be
    bool quiet;                  // of the text: errors alone
    bool verbose;                // of the text: what is ok in full, too
};

// EXIT_FINDINGS or EXIT_DONE.
int report_exit_code(const struct check *check, const struct report_request *request);

// Adds the keys that docs/check-json.md describes to the object, but for those of
// json_report_end().
void report_pack(const struct check *check, const struct report_request *request, json_t *report);

// Prints the same for people.
void report_print(const json_t *report, const struct report_request *request, FILE *file);

#endif
