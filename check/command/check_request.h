// check_request.h: the command line of bootleap-check.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHECK_REQUEST_H
#define BOOTLEAP_CHECK_CHECK_REQUEST_H

#include "finding.h"
#include "option_table.h"
#include "report.h"

#include <stdbool.h>

struct check_request {
    const char *elf;  // NULL with `explains`
    const char *with; // another image that must agree; NULL: none
    bool json;
    bool explains;                // rules, instead of a check
    enum rule_id rule;            // that is explained; RULE_COUNT: all are listed
    struct report_request report; // what the report depends on
};

extern const struct option_table check_request_options;

// Returns 0, OPTION_HELP, or the exit code that was put into *problem. request->json is right in
// any case.
int check_request_parse(struct check_request *request, int argc, char **argv,
                        struct problem *problem);

#endif
