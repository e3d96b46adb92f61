// json_report.c: begins, ends and prints the object.
// SPDX-License-Identifier: MIT
#include "json_report.h"

#include "json_value.h"

#include <stdio.h>

json_t *json_report_begin(const char *verb)
{
    json_t *report = json_object();

    json_object_set_new(report, "schema", json_integer(JSON_REPORT_SCHEMA));
    json_object_set_new(report, "verb", json_value_string(verb));
    return report;
}

static json_t *error_json(const struct problem *problem)
{
    json_t *error = json_object();

    json_object_set_new(error, "what", json_value_string(problem->what));
    json_object_set_new(error, "try", json_value_text(problem->try_this));
    json_object_set_new(error, "fault", json_string(fault_word(problem->fault)));
    return error;
}

void json_report_end(json_t *report, int code, const struct problem *problem)
{
    json_object_set_new(report, "exit_code", json_integer(code));
    json_object_set_new(report, "error", code ? error_json(problem) : json_null());
}

void json_report_print(json_t *report)
{
    json_dumpf(report, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(report);
}
