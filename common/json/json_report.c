// json_report.c: begins, ends and prints the object.
// SPDX-License-Identifier: MIT
#include "json_report.h"

#include "json_value.h"

#include <stdio.h>
#include <stdlib.h>

json_t *json_report_begin(const char *verb)
{
    json_t *report = json_object();

    json_object_set_new(report, "schema", json_integer(JSON_REPORT_SCHEMA));
    if (verb) {
        json_object_set_new(report, "verb", json_value_string(verb));
    }
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
    json_object_set_new(report, "error",
                        code && problem->what[0] ? error_json(problem) : json_null());
}

// Jansson escapes control characters below 0x20 and no others: terminals obey 0x80 to 0x9F, too.
static void print_safely(const char *json)
{
    enum { DELETE = 0x7F, FIRST_OF_C1 = 0xC2, LAST_IN_C1 = 0x9F };

    for (; *json; json++) {
        unsigned char byte = (unsigned char)json[0], next = (unsigned char)json[1];
        if (byte == DELETE) {
            printf("\\u%04X", (unsigned)byte);
        } else if (byte == FIRST_OF_C1 && next <= LAST_IN_C1) {
            printf("\\u%04X", (unsigned)next);
            json++;
        } else {
            putchar(byte);
        }
    }
}

void json_report_print(json_t *report)
{
    char *json = json_dumps(report, JSON_INDENT(2));

    if (json) {
        print_safely(json);
    }
    putchar('\n');
    free(json);
    json_decref(report);
}
