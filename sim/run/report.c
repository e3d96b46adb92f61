// report.c: the text report, made from the same JSON that scripts get.
// SPDX-License-Identifier: MIT
#include "report.h"

#include "journal.h"
#include "paragraph.h"
#include "remarks.h"
#include "report_advice.h"
#include "report_layout.h"
#include "report_outcome.h"
#include "run_time.h"
#include "run_usb.h"

#include <stdbool.h>
#include <string.h>

static bool is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static long long number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

// Whether two handoffs would be printed alike.
static bool same_verdict(const json_t *a, const json_t *b)
{
    const json_t *points = json_object_get(a, "contract"), *others = json_object_get(b, "contract");
    const json_t *point;
    size_t i;

    if (strcmp(journal_text(a, "outcome"), journal_text(b, "outcome")) != 0) {
        return false;
    }
    json_array_foreach (points, i, point) {
        if (is_true(point, "ok") != is_true(json_array_get(others, i), "ok")) {
            return false;
        }
    }
    return true;
}

static void print_label(size_t first, size_t count, FILE *file)
{
    if (count > 1) {
        fprintf(file, "handoff     %zu to %zu: ", first, first + count - 1);
    } else {
        fprintf(file, "handoff     %zu: ", first);
    }
}

// A line, or more, behind its label.
static void print_line(const char *label, const char *first, const char *second, FILE *file)
{
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};

    paragraph.used = (size_t)fprintf(file, "%s", label);
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    paragraph_put(&paragraph, first);
    paragraph_put(&paragraph, second);
    fputc('\n', file);
}

// `count` handoffs that are alike.
static void print_handoff(const json_t *handoff, size_t first, size_t count, FILE *file)
{
    const json_t *points = json_object_get(handoff, "contract"), *point;
    size_t i, held = 0, earned = 0;

    json_array_foreach (points, i, point) {
        held += is_true(point, "ok");
        earned += is_true(point, "ok") && strcmp(journal_text(point, "evidence"), "earned") == 0;
    }
    print_label(first, count, file);
    fprintf(file, "%zu of %zu points hold, %zu of them earned\n", held, json_array_size(points),
            earned);
    report_outcome(handoff, file);
    json_array_foreach (points, i, point) {
        if (!is_true(point, "ok")) {
            struct paragraph paragraph = {file, REPORT_COLUMN + 4, REPORT_WIDTH, 0, false};
            paragraph_blanks(&paragraph, REPORT_COLUMN);
            paragraph_say(&paragraph, "%s does not hold: %s", journal_text(point, "id"),
                          journal_text(point, "observed"));
            fputc('\n', file);
        }
    }
}

static void print_handoffs(const json_t *handoffs, FILE *file)
{
    size_t total = json_array_size(handoffs), count;

    for (size_t i = 0; i < total; i += count) {
        const json_t *handoff = json_array_get(handoffs, i);
        for (count = 1; i + count < total; count++) {
            if (!same_verdict(handoff, json_array_get(handoffs, i + count))) {
                break;
            }
        }
        print_handoff(handoff, i + 1, count, file);
    }
    if (total == 0) {
        fprintf(file, "handoff     none\n");
    }
}

// What the ROM did besides serving.
static void print_behaviour(const json_t *behaviour, FILE *file)
{
    const json_t *item;
    size_t i;

    json_array_foreach (behaviour, i, item) {
        fprintf(file, "%s%s (%s)\n", i ? "            " : "behaviour   ",
                journal_text(item, "what"), journal_text(item, "confidence"));
    }
}

static void print_calls(const json_t *calls, FILE *file)
{
    const json_t *call;
    size_t i;
    long long most = -1;

    json_array_foreach (calls, i, call) {
        if (!is_true(call, "pending") && number(call, "instructions") > most) {
            most = number(call, "instructions");
        }
    }
    if (most >= 0) {
        fprintf(file, "on reset    %lld instructions when nothing is pending\n", most);
    }
}

// Whether it is special about this run: the core, and what the firmware touched or asked for.
static bool is_special(const char *limit)
{
    static const char *const begins[] = {"register", "the core", "read of", "AIRCR"};
    bool special = false;

    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        special |= strncmp(limit, begins[i], strlen(begins[i])) == 0;
    }
    return special;
}

static void print_limits(const json_t *limits, FILE *file)
{
    const json_t *item;
    size_t i;

    fprintf(file, "limits      %zu things are not modelled, --json lists them\n",
            json_array_size(limits));
    json_array_foreach (limits, i, item) {
        const char *limit = json_string_value(item);
        if (is_special(limit)) {
            fprintf(file, "            %s\n", limit);
        }
    }
}

// Why the exit code is 7 although the ROM serves, and what makes it 0.
static void print_acceptance(const json_t *accept, FILE *file)
{
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};
    const json_t *word;
    char words[64] = "";
    size_t i;

    if (json_array_size(accept) == 0) {
        return;
    }
    paragraph.used = (size_t)fprintf(file, "exit code   7:");
    paragraph.begun = true;
    json_array_foreach (accept, i, word) {
        paragraph_say(&paragraph, "%s%s%s", i ? "and " : "", journal_text(word, "why"),
                      i + 1 < json_array_size(accept) ? "," : ".");
        snprintf(words + strlen(words), sizeof words - strlen(words), "%s%s", i ? "," : "",
                 journal_text(word, "word"));
    }
    paragraph_say(&paragraph, "For those who know that: --accept %s", words);
    fputc('\n', file);
}

// The last word: what to change, a line each.
static void print_verdict(const json_t *summary, FILE *file)
{
    const json_t *advice = json_object_get(summary, "advice");
    const json_t *reason = json_object_get(summary, "reason");
    const char *verdict = journal_text(summary, "verdict");
    bool nothing = strcmp(verdict, "nothing judged") == 0, clean = strcmp(verdict, "clean") == 0;

    if (json_is_object(reason)) {
        print_line("entry", "none:", journal_text(reason, "text"), file);
    }
    fprintf(file, "verdict     %s%s\n", nothing ? "nothing was judged" : verdict,
            !json_array_size(advice) ? ""
            : nothing                ? ". Try:"
            : clean                  ? ", but:"
                                     : ". What to change:");
    report_advice(advice, file);
    print_acceptance(json_object_get(summary, "accept"), file);
}

void report_print(const json_t *summary, FILE *file)
{
    const json_t *item, *end = json_object_get(summary, "end");
    char why[32];
    size_t i;

    fprintf(file, "device      %s, %s, on a %s\n", journal_text(summary, "device"),
            journal_text(summary, "name"), journal_text(summary, "core"));
    fprintf(file, "ROM         %s\n", journal_text(summary, "rom_version"));
    remarks_print(summary, file);
    print_handoffs(json_object_get(summary, "handoffs"), file);
    print_behaviour(json_object_get(summary, "behaviour"), file);
    print_calls(json_object_get(summary, "on_reset"), file);
    run_usb_print(summary, file);
    run_time_print(summary, file);
    json_array_foreach (json_object_get(summary, "checks"), i, item) {
        if (!is_true(item, "ok")) {
            fprintf(file, "%-4s        does not hold: %s\n", journal_text(item, "id"),
                    journal_text(item, "asks"));
        }
    }
    if (*journal_text(summary, "came_back")) {
        fprintf(file, "came back   the application runs again, %s\n",
                journal_text(summary, "came_back"));
    }
    snprintf(why, sizeof why, "%s:", journal_text(end, "why"));
    print_line("end", why, journal_text(end, "detail"), file);
    if (json_is_object(json_object_get(summary, "where"))) {
        const json_t *before = json_object_get(json_object_get(summary, "where"), "before");
        print_line("where", journal_text(json_object_get(summary, "where"), "text"), "", file);
        report_places(json_object_get(json_object_get(summary, "where"), "places"), file);
        if (json_is_object(before)) {
            print_line("before", journal_text(before, "text"), "", file);
        }
    }
    print_limits(json_object_get(summary, "not_modelled"), file);
    print_verdict(summary, file);
}
