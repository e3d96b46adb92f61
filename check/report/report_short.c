// report_short.c: prints what is ok, and what is as it was found, on one line each.
// SPDX-License-Identifier: MIT
#include "report_short.h"

#include "check.h"
#include "report_layout.h"

#include <string.h>

// A line while it is printed.
struct line {
    const char *label;
    bool (*has)(const json_t *finding);
    const json_t *findings;
    struct paragraph paragraph;
    bool begun;
};

bool report_short_is_left(const json_t *finding)
{
    return report_is(finding, "verdict", "left") && report_is(finding, "severity", "note");
}

static bool is_ok(const json_t *finding)
{
    return report_is(finding, "severity", "ok");
}

static void begin(struct line *line)
{
    if (!line->begun) {
        line->paragraph.used = (size_t)fprintf(line->paragraph.file, "  %s", line->label);
        paragraph_blanks(&line->paragraph, REPORT_COLUMN);
        line->begun = true;
    }
}

// What an answer is about: its point, or without one its rule.
static const char *subject(const json_t *finding)
{
    const char *point = report_text(finding, "point");

    return *point ? point : report_text(finding, "rule");
}

// Whether there are answers about it, and the line has them all.
static bool has_all(const struct line *line, const char *about)
{
    const json_t *finding;
    bool answered = false;
    size_t i;

    json_array_foreach (line->findings, i, finding) {
        if (strcmp(subject(finding), about) == 0) {
            answered = true;
            if (!line->has(finding)) {
                return false;
            }
        }
    }
    return answered;
}

// The answers about it that the line has, where others are different: "of H2: stack, control".
static void tell_some(struct line *line, const char *about)
{
    const json_t *finding;
    const char *last = NULL;
    size_t i;

    json_array_foreach (line->findings, i, finding) {
        if (!line->has(finding) || strcmp(subject(finding), about) != 0) {
            continue;
        }
        if (last) {
            paragraph_say(&line->paragraph, "%s,", last);
        } else {
            bool follows = line->begun;
            begin(line);
            paragraph_say(&line->paragraph, "%sof %s:", follows ? "| " : "", about);
        }
        last = report_text(finding, "about");
    }
    if (last) {
        paragraph_put(&line->paragraph, last);
    }
}

static void tell(struct line *line, const char *about, bool whole)
{
    bool all = has_all(line, about);

    if (whole && all) {
        begin(line);
        paragraph_put(&line->paragraph, about);
    } else if (!whole && !all) {
        tell_some(line, about);
    }
}

// Whole points first. False: there is nothing to tell.
static bool tell_points(struct line *line)
{
    char point[8];

    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned number = 1; number <= CHECK_POINTS; number++) {
            snprintf(point, sizeof point, "H%u", number);
            tell(line, point, pass == 0);
        }
        for (int rule = 0; rule < RULE_COUNT; rule++) {
            tell(line, rule_name((enum rule_id)rule), pass == 0);
        }
    }
    return line->begun;
}

void report_short(const json_t *findings, FILE *file)
{
    const struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};
    struct line left = {"as found", report_short_is_left, findings, paragraph, false};
    struct line ok = {"ok", is_ok, findings, paragraph, false};

    if (tell_points(&left)) {
        paragraph_put(&left.paragraph, "(up to the caller; -v says more)");
        fputc('\n', file);
    }
    if (tell_points(&ok)) {
        fputc('\n', file);
    }
}
