// print.c: the text report, made from the same JSON that scripts get.
// SPDX-License-Identifier: MIT
#include "report.h"

#include "report_findings.h"
#include "report_layout.h"

#include <stdio.h>

enum { DEVICES_SHOWN = 6 };

static long long number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

// "f405 (STM32F40xxx)", with the name in the table.
static void put_row(struct paragraph *paragraph, const char *slug)
{
    const struct device *device = device_find(slug);

    report_put(paragraph, slug);
    if (device) {
        paragraph_say(paragraph, "(%s)", device->name);
    }
}

// The chip, or how many rows fit.
static void print_device(const json_t *report, FILE *file)
{
    const json_t *rows = json_object_get(report, "devices");
    size_t count = json_array_size(rows);
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};

    paragraph.used = (size_t)fprintf(file, "device");
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    if (*report_text(report, "device") || count == 1) {
        put_row(&paragraph, json_string_value(json_array_get(rows, 0)));
        if (!*report_text(report, "device")) {
            paragraph_put(&paragraph, "is the only row of the table that fits");
        }
        fputc('\n', file);
        return;
    }
    paragraph_say(&paragraph, "not named: %zu rows of the table fit:", count);
    for (size_t i = 0; i < count && i < DEVICES_SHOWN; i++) {
        bool last = i + 1 == count || i + 1 == DEVICES_SHOWN;
        paragraph_say(&paragraph, "%s%s", json_string_value(json_array_get(rows, i)),
                      !last                   ? ","
                      : count > DEVICES_SHOWN ? " ..."
                                              : "");
    }
    paragraph_put(&paragraph, "(--device NAME; what differs between them is unknown)");
    fputc('\n', file);
}

static void print_head(const json_t *entry, size_t index, FILE *file)
{
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};

    paragraph.used = (size_t)fprintf(file, "\nentry %zu", index + 1) - 1;
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    report_put(&paragraph, report_text(entry, "pc"));
    report_place(&paragraph, entry);
    paragraph_put(&paragraph, "into the ROM,");
    if (report_is(entry, "origin", "reset")) {
        paragraph_put(&paragraph, "on the reset path");
    } else {
        paragraph_put(&paragraph, "from the application, walked from");
        report_put(&paragraph, report_text(entry, "root"));
    }
    fputc('\n', file);
}

static void print_entry(const json_t *entry, size_t index, const struct report_request *request,
                        FILE *file)
{
    const json_t *findings = json_object_get(entry, "findings");

    print_head(entry, index, file);
    report_chain(entry, REPORT_COLUMN, file);
    report_findings(findings, entry, request, file);
    if (!json_is_true(json_object_get(entry, "finished"))) {
        report_line("  walk", "did not come to its end: what it has not seen is unknown, not ok",
                    file);
    }
}

static void print_nothing_found(const json_t *nothing, FILE *file)
{
    fputc('\n', file);
    report_line("no entry", report_text(nothing, "text"), file);
    report_line("  seen", report_text(nothing, "seen"), file);
    if (!json_is_true(json_object_get(nothing, "finished"))) {
        report_line("  walk",
                    "did not come to its end: there may be an entry that it did not reach", file);
    }
    report_line("  try", report_text(nothing, "try"), file);
}

static void print_program(const json_t *report, const struct report_request *request, FILE *file)
{
    const json_t *findings = json_object_get(report, "findings");

    if (json_array_size(findings)) {
        fputs("\nprogram\n", file);
        report_findings(findings, NULL, request, file);
    }
}

static void print_count(struct paragraph *paragraph, const json_t *counts, const char *severity,
                        const char *end)
{
    long long count = number(counts, severity);
    bool many = count != 1 && severity[0] != 'u';

    paragraph_say(paragraph, "%lld %s%s%s", count, severity, many ? "s" : "", end);
}

// What was found, and what the exit code says.
static void print_result(const json_t *report, const struct report_request *request, FILE *file)
{
    const json_t *counts = json_object_get(report, "counts");
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};
    bool failed = number(report, "exit_code") != EXIT_DONE;
    bool nothing = json_is_object(json_object_get(report, "nothing_found"));

    paragraph.used = (size_t)fprintf(file, "\nresult") - 1;
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    print_count(&paragraph, counts, "error", ",");
    print_count(&paragraph, counts, "warning", ",");
    print_count(&paragraph, counts, "note", ",");
    print_count(&paragraph, counts, "unknown", ";");
    paragraph_say(&paragraph, "exit code %lld", number(report, "exit_code"));
    if (!failed) {
        paragraph_put(&paragraph, nothing ? "(no entry, which was accepted)" : "(no error)");
    } else if (number(counts, "error")) {
        paragraph_put(&paragraph, "(errors)");
    } else if (nothing) {
        paragraph_put(&paragraph, "(no entry found; for programs that need none: "
                                  "--accept no-entry)");
    } else {
        paragraph_put(&paragraph, request->strict ? "(unknown, with --strict)" : "");
    }
    fputc('\n', file);
}

// With --quiet: errors alone, below the head of their entry.
static void print_errors(const json_t *report, const struct report_request *request, FILE *file)
{
    const json_t *entries = json_object_get(report, "entries"), *entry, *finding;
    const json_t *findings = json_object_get(report, "findings");
    size_t i, j;

    json_array_foreach (entries, i, entry) {
        bool wrong = false;
        json_array_foreach (json_object_get(entry, "findings"), j, finding) {
            wrong = wrong || report_is(finding, "severity", "error");
        }
        if (wrong) {
            print_head(entry, i, file);
            report_findings(json_object_get(entry, "findings"), entry, request, file);
        }
    }
    report_findings(findings, NULL, request, file);
}

void report_print(const json_t *report, const struct report_request *request, FILE *file)
{
    const json_t *entries = json_object_get(report, "entries"), *entry, *sentence;
    size_t i;

    if (request->quiet) {
        print_errors(report, request, file);
        return;
    }
    report_line("file", report_text(report, "file"), file);
    print_device(report, file);
    json_array_foreach (entries, i, entry) {
        print_entry(entry, i, request, file);
    }
    if (json_is_object(json_object_get(report, "nothing_found"))) {
        print_nothing_found(json_object_get(report, "nothing_found"), file);
    }
    print_program(report, request, file);
    if (*report_text(report, "chip")) {
        fputc('\n', file);
        report_line("chip", report_text(report, "chip"), file);
    }
    print_result(report, request, file);
    json_array_foreach (json_object_get(report, "not_judged"), i, sentence) {
        report_line(i ? "" : "not judged", json_string_value(sentence), file);
    }
}
