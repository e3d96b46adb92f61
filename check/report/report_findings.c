// report_findings.c: prints findings, and what is ok on one line.
// SPDX-License-Identifier: MIT
#include "report_findings.h"

#include "report_layout.h"

#include <string.h>

static void start(struct paragraph *paragraph, FILE *file)
{
    *paragraph = (struct paragraph){file, REPORT_FINDING_COLUMN, REPORT_WIDTH, 0, false};
}

// "  error     E1 H2   ", then what is so.
static void print_text(const json_t *finding, FILE *file)
{
    struct paragraph paragraph;

    start(&paragraph, file);
    paragraph.used = (size_t)fprintf(file, "  %-9s %s %s", report_text(finding, "severity"),
                                     report_text(finding, "rule"), report_text(finding, "point"));
    paragraph_blanks(&paragraph, REPORT_FINDING_COLUMN);
    report_put(&paragraph, report_text(finding, "text"));
    fputc('\n', file);
}

// The instructions around the one at fault, which is marked.
static void print_listing(const json_t *finding, FILE *file)
{
    const json_t *listing = json_object_get(finding, "listing"), *line;
    const char *pc = report_text(json_object_get(finding, "place"), "pc");
    size_t i;

    json_array_foreach (listing, i, line) {
        fprintf(file, "%*s%s %s  %s\n", REPORT_FINDING_COLUMN, "",
                report_is(line, "pc", pc) ? ">" : " ", report_text(line, "pc"),
                report_text(line, "text"));
    }
}

// Whether the same calls led to both.
static bool same_calls(const json_t *place, const json_t *entry)
{
    return json_equal(json_object_get(place, "callers"), json_object_get(entry, "callers"));
}

static void print_place(const json_t *finding, const json_t *entry, FILE *file)
{
    const json_t *place = json_object_get(finding, "place");
    struct paragraph paragraph;

    if (!json_is_object(place)) {
        return;
    }
    if (!report_is(place, "pc", report_text(entry, "pc"))) {
        start(&paragraph, file);
        paragraph_blanks(&paragraph, REPORT_FINDING_COLUMN);
        paragraph_put(&paragraph, "at");
        report_place(&paragraph, place);
        fputc('\n', file);
    }
    if (!same_calls(place, entry)) {
        report_chain(place, REPORT_FINDING_COLUMN, file);
    }
}

static void print_fix(const json_t *finding, FILE *file)
{
    struct paragraph paragraph;

    if (!*report_text(finding, "fix")) {
        return;
    }
    start(&paragraph, file);
    paragraph_blanks(&paragraph, REPORT_FINDING_COLUMN);
    if (!report_is(finding, "verdict", "unknown")) { // of which it says what would decide it
        paragraph_put(&paragraph, "fix:");
    }
    report_put(&paragraph, report_text(finding, "fix"));
    fputc('\n', file);
}

static bool is_shown(const json_t *finding, const struct report_request *request)
{
    if (request->quiet) {
        return report_is(finding, "severity", "error");
    }
    return request->verbose || !report_is(finding, "severity", "ok");
}

void report_findings(const json_t *findings, const json_t *entry,
                     const struct report_request *request, FILE *file)
{
    const json_t *finding;
    size_t i;

    json_array_foreach (findings, i, finding) {
        if (is_shown(finding, request)) {
            print_text(finding, file);
            print_place(finding, entry, file);
            print_listing(finding, file);
            print_fix(finding, file);
        }
    }
}

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
