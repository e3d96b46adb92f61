// doctor_report.c: prints causes with what was seen, the cure, and the next command.
// SPDX-License-Identifier: MIT
#include "doctor_report.h"

#include "field.h"
#include "json_value.h"
#include "plain_text.h"

#include <stdio.h>

enum { PORT_WIDTH = 20 };

static void print_finding(const struct finding *finding)
{
    field_line("cause", "%s", finding->cause);
    field_line("seen", "%s", finding->evidence);
    field_line("cure", "%s", finding->cure);
    printf("%-16s%s\n", "then", finding->command); // in one piece, to be copied
}

void doctor_report_print(const struct doctor_report *report)
{
    printf("%-7s ", report->count ? "wrong" : "ok");
    plain_text_column(stdout, report->port, PORT_WIDTH);
    printf("  ");
    plain_text_print(stdout, report->what[0] ? report->what : "-");
    putchar('\n');
    for (size_t i = 0; i < report->count; i++) {
        print_finding(&report->findings[i]);
        if (i + 1 < report->count) {
            printf("or\n");
        }
    }
}

static json_t *finding_json(const struct finding *finding)
{
    json_t *object = json_object();

    json_object_set_new(object, "id", json_value_string(finding->rule->id));
    json_object_set_new(object, "cause", json_value_string(finding->cause));
    json_object_set_new(object, "evidence", json_value_string(finding->evidence));
    json_object_set_new(object, "cure", json_value_string(finding->cure));
    json_object_set_new(object, "command", json_value_string(finding->command));
    return object;
}

json_t *doctor_report_json(const struct doctor_report *report)
{
    json_t *object = json_object(), *findings = json_array();

    for (size_t i = 0; i < report->count; i++) {
        json_array_append_new(findings, finding_json(&report->findings[i]));
    }
    json_object_set_new(object, "port", json_value_string(report->port));
    json_object_set_new(object, "what", json_value_text(report->what));
    json_object_set_new(object, "ok", json_boolean(report->count == 0));
    json_object_set_new(object, "findings", findings);
    return object;
}
