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

static void print_place(const json_t *finding, FILE *file)
{
    const json_t *place = json_object_get(finding, "place");
    struct paragraph paragraph;

    if (!json_is_object(place)) {
        return;
    }
    start(&paragraph, file);
    paragraph_blanks(&paragraph, REPORT_FINDING_COLUMN);
    paragraph_put(&paragraph, "at");
    report_place(&paragraph, place);
    fputc('\n', file);
    report_chain(place, REPORT_FINDING_COLUMN, file);
}

static void print_fix(const json_t *finding, FILE *file)
{
    struct paragraph paragraph;

    if (!*report_text(finding, "fix")) {
        return;
    }
    start(&paragraph, file);
    paragraph_blanks(&paragraph, REPORT_FINDING_COLUMN);
    paragraph_put(&paragraph, report_is(finding, "verdict", "unknown") ? "to decide it:" : "fix:");
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

void report_findings(const json_t *findings, const struct report_request *request, FILE *file)
{
    const json_t *finding;
    size_t i;

    json_array_foreach (findings, i, finding) {
        if (is_shown(finding, request)) {
            print_text(finding, file);
            print_place(finding, file);
            print_listing(finding, file);
            print_fix(finding, file);
        }
    }
}

// What an answer is called on that line: its point where no other answer about it is not ok, else
// its question.
static const char *name_of(const json_t *finding, const json_t *findings)
{
    const char *point = report_text(finding, "point");
    const json_t *other;
    size_t i;

    json_array_foreach (findings, i, other) {
        if (!*point || (report_is(other, "point", point) && !report_is(other, "severity", "ok"))) {
            return report_text(finding, "about");
        }
    }
    return point;
}

// Whether an answer before this one has the same name.
static bool is_said(const json_t *findings, size_t number, const char *name)
{
    for (size_t i = 0; i < number; i++) {
        const json_t *before = json_array_get(findings, i);
        if (report_is(before, "severity", "ok") && strcmp(name_of(before, findings), name) == 0) {
            return true;
        }
    }
    return false;
}

void report_ok(const json_t *findings, FILE *file)
{
    struct paragraph paragraph;
    const json_t *finding;
    bool begun = false;
    size_t i;

    start(&paragraph, file);
    json_array_foreach (findings, i, finding) {
        const char *name = name_of(finding, findings);
        if (!report_is(finding, "severity", "ok") || is_said(findings, i, name)) {
            continue;
        }
        if (!begun) {
            paragraph.used = (size_t)fputs("  ok", file) > 0 ? 4 : 4;
            paragraph_blanks(&paragraph, REPORT_COLUMN);
            begun = true;
        }
        paragraph_put(&paragraph, name);
    }
    if (begun) {
        fputc('\n', file);
    }
}
