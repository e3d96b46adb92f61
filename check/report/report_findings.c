// report_findings.c: prints findings.
// SPDX-License-Identifier: MIT
#include "report_findings.h"

#include "report_layout.h"
#include "report_short.h"

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
    return request->verbose ||
           (!report_is(finding, "severity", "ok") && !report_short_is_left(finding));
}

static bool same(const json_t *a, const json_t *b, const char *key)
{
    return report_is(a, key, report_text(b, key));
}

// Whether what would decide it is said once, below the findings that follow.
static bool is_said_later(const json_t *finding, const json_t *next)
{
    return report_is(finding, "verdict", "unknown") && same(finding, next, "verdict") &&
           same(finding, next, "severity") && same(finding, next, "fix");
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
            if (!is_said_later(finding, json_array_get(findings, i + 1))) {
                print_fix(finding, file);
            }
        }
    }
    if (!request->verbose && !request->quiet) {
        report_short(findings, file);
    }
}
