// report_ok.c: prints what is ok on one line.
// SPDX-License-Identifier: MIT
#include "report_ok.h"

#include "check.h"
#include "report_layout.h"

#include <string.h>

// What is told of one point on the line.
struct told {
    const json_t *findings;
    struct paragraph paragraph;
    bool begun;
};

static void begin(struct told *told)
{
    if (!told->begun) {
        fputs("  ok", told->paragraph.file);
        told->paragraph.used = sizeof "  ok" - 1;
        paragraph_blanks(&told->paragraph, REPORT_COLUMN);
        told->begun = true;
    }
}

// What an answer is about: its point, or without one its rule.
static const char *subject(const json_t *finding)
{
    const char *point = report_text(finding, "point");

    return *point ? point : report_text(finding, "rule");
}

// Whether there are answers about it, and all are ok.
static bool all_ok(const json_t *findings, const char *about)
{
    const json_t *finding;
    bool answered = false;
    size_t i;

    json_array_foreach (findings, i, finding) {
        if (strcmp(subject(finding), about) == 0) {
            answered = true;
            if (!report_is(finding, "severity", "ok")) {
                return false;
            }
        }
    }
    return answered;
}

// The answers about it that are ok, where others are not: "of H2: stack, control".
static void tell_some(struct told *told, const char *about)
{
    const json_t *finding;
    const char *last = NULL;
    size_t i;

    json_array_foreach (told->findings, i, finding) {
        if (!report_is(finding, "severity", "ok") || strcmp(subject(finding), about) != 0) {
            continue;
        }
        if (last) {
            paragraph_say(&told->paragraph, "%s,", last);
        } else {
            bool follows = told->begun;
            begin(told);
            paragraph_say(&told->paragraph, "%sof %s:", follows ? "| " : "", about);
        }
        last = report_text(finding, "about");
    }
    if (last) {
        paragraph_put(&told->paragraph, last);
    }
}

static void tell(struct told *told, const char *about, bool whole)
{
    bool all = all_ok(told->findings, about);

    if (whole && all) {
        begin(told);
        paragraph_put(&told->paragraph, about);
    } else if (!whole && !all) {
        tell_some(told, about);
    }
}

void report_ok(const json_t *findings, FILE *file)
{
    struct told told = {findings, {file, REPORT_COLUMN, REPORT_WIDTH, 0, false}, false};
    char point[8];

    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned number = 1; number <= CHECK_POINTS; number++) {
            snprintf(point, sizeof point, "H%u", number);
            tell(&told, point, pass == 0);
        }
        for (int rule = 0; rule < RULE_COUNT; rule++) {
            tell(&told, rule_name((enum rule_id)rule), pass == 0);
        }
    }
    if (told.begun) {
        fputc('\n', file);
    }
}
