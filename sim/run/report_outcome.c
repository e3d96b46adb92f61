// report_outcome.c: prints what comes of a handoff over each wire, and on what ground.
// SPDX-License-Identifier: MIT
#include "report_outcome.h"

#include "journal.h"
#include "paragraph.h"
#include "report_layout.h"

#include <stdbool.h>
#include <string.h>

enum { STATEMENT_COLUMN = REPORT_COLUMN + 4 };

static bool same(const json_t *a, const json_t *b, const char *key)
{
    return strcmp(journal_text(a, key), journal_text(b, key)) == 0;
}

// Whether two wires would be printed alike.
static bool alike(const json_t *a, const json_t *b)
{
    return same(a, b, "outcome") && same(a, b, "how") && same(a, b, "ground") &&
           same(a, b, "reason");
}

static void start(struct paragraph *paragraph, size_t column, FILE *file)
{
    *paragraph = (struct paragraph){file, column, REPORT_WIDTH, 0, false};
    paragraph_blanks(paragraph, column);
}

// "(seen on this chip)".
static const char *ground_in_words(const json_t *wire)
{
    const json_t *first = json_array_get(json_object_get(wire, "statements"), 0);
    bool seen = json_array_size(json_object_get(first, "observations")) > 0;
    bool served = journal_is(wire, "outcome", "served"),
         risk = journal_is(wire, "outcome", "at risk");

    if (journal_is(wire, "ground", "must")) {
        return served ? "(must: by the architecture nothing that is left can matter)"
                      : "(must: by the architecture or a document of ST)";
    }
    if (journal_is(wire, "ground", "seen")) {
        return !seen  ? "(by what is known of this chip: docs/devices.md)"
               : risk ? "(by what was seen of this chip)"
                      : "(seen on this chip)";
    }
    if (journal_is(wire, "ground", "none") || !seen) {
        return "(nobody has reported it)";
    }
    return risk ? "(by what was seen of other chips or wires)" : "(seen on other chips or wires)";
}

// The wires that are alike, "over usb, can:", or without the colon.
static void print_names(struct paragraph *paragraph, const json_t *wires, size_t first,
                        const char *behind)
{
    const json_t *wire = json_array_get(wires, first);
    size_t left = 0;

    for (size_t i = first; i < json_array_size(wires); i++) {
        left += alike(wire, json_array_get(wires, i));
    }
    for (size_t i = first; left; i++) {
        const json_t *other = json_array_get(wires, i);
        if (alike(wire, other)) {
            paragraph_say(paragraph, "%s%s", journal_text(other, "interface"),
                          --left ? "," : behind);
        }
    }
}

static void print_head(const json_t *wires, size_t first, FILE *file)
{
    const json_t *wire = json_array_get(wires, first);
    bool served = journal_is(wire, "outcome", "served"),
         fails = journal_is(wire, "outcome", "fails");
    bool nothing = json_array_size(json_object_get(wire, "statements")) == 0;
    struct paragraph paragraph;

    start(&paragraph, REPORT_COLUMN, file);
    paragraph_put(&paragraph, served  ? "the ROM serves over"
                              : fails ? "the ROM fails over"
                                      : "at risk over");
    print_names(&paragraph, wires, first, served && !nothing ? "" : ":");
    if (nothing) {
        paragraph_put(&paragraph, "as after a reset");
    } else {
        paragraph_put(&paragraph, fails    ? journal_text(wire, "how")
                                  : served ? ""
                                           : "nobody can say whether the ROM serves");
        paragraph_put(&paragraph, ground_in_words(wire));
    }
    fputc('\n', file);
}

// The wire, of those that were printed before this one, of which the same was said; NULL: none.
static const json_t *said_before(const json_t *wires, size_t number, const json_t *statement)
{
    for (size_t i = 0; i < number; i++) {
        const json_t *statements = json_object_get(json_array_get(wires, i), "statements"), *one;
        size_t j;
        json_array_foreach (statements, j, one) {
            if (same(one, statement, "what") && same(one, statement, "text")) {
                return json_array_get(wires, i);
            }
        }
    }
    return NULL;
}

static bool is_unexplained(const json_t *statement)
{
    return journal_is(statement, "about", "unexplained");
}

static void print_statement(const json_t *wires, size_t number, const json_t *statement, FILE *file)
{
    const json_t *before = said_before(wires, number, statement);
    const char *point = journal_text(statement, "point");
    struct paragraph paragraph;

    start(&paragraph, STATEMENT_COLUMN, file);
    if (before || !is_unexplained(statement)) {
        paragraph_say(&paragraph, "%s%s%s:", point, *point ? ", " : "",
                      journal_text(statement, "what"));
    }
    if (before) {
        paragraph_say(&paragraph, "as over %s", journal_text(before, "interface"));
    } else {
        paragraph_put(&paragraph, journal_text(statement, "text"));
    }
    fputc('\n', file);
}

// What does no harm is told by its count and its weakest: --json has it all.
static void print_harmless(const json_t *wires, size_t number, size_t count, FILE *file)
{
    const json_t *statements = json_object_get(json_array_get(wires, number), "statements");
    const json_t *weakest = json_array_get(statements, json_array_size(statements) - count);
    struct paragraph paragraph;

    if (count == 0 || said_before(wires, number, weakest)) {
        return;
    }
    start(&paragraph, STATEMENT_COLUMN, file);
    if (count > 1) {
        paragraph_say(&paragraph, "%zu leftovers do no harm; the least sure is %s:", count,
                      journal_text(weakest, "what"));
    } else {
        paragraph_say(&paragraph, "1 leftover does no harm, %s:", journal_text(weakest, "what"));
    }
    paragraph_put(&paragraph, journal_text(weakest, "text"));
    fputc('\n', file);
}

static size_t count_effect(const json_t *wire, const char *effect)
{
    const json_t *one;
    size_t i, count = 0;

    json_array_foreach (json_object_get(wire, "statements"), i, one) {
        count += journal_is(one, "effect", effect);
    }
    return count;
}

static void print_effect(const json_t *wires, size_t number, const char *effect, FILE *file)
{
    const json_t *one, *wire = json_array_get(wires, number);
    size_t i;

    json_array_foreach (json_object_get(wire, "statements"), i, one) {
        if (journal_is(one, "effect", effect)) {
            print_statement(wires, number, one, file);
        }
    }
}

// Where the ROM fails, what else was left is told by its name: the reason is another one.
static void print_besides(const json_t *wire, FILE *file)
{
    struct paragraph paragraph;
    const json_t *one;
    bool any = false;
    size_t i;

    json_array_foreach (json_object_get(wire, "statements"), i, one) {
        if (!journal_is(one, "effect", "at risk") || is_unexplained(one)) {
            continue;
        }
        if (!any) {
            start(&paragraph, STATEMENT_COLUMN, file);
            paragraph_put(&paragraph, "besides, nobody can say what comes of");
        }
        paragraph_say(&paragraph, "%s%s", any ? "and of " : "", journal_text(one, "what"));
        any = true;
    }
    if (any) {
        fputc('\n', file);
    }
}

static void print_statements(const json_t *wires, size_t number, FILE *file)
{
    const json_t *wire = json_array_get(wires, number);

    print_effect(wires, number, "fails", file);
    if (journal_is(wire, "outcome", "fails")) {
        print_besides(wire, file);
        return;
    }
    print_effect(wires, number, "at risk", file);
    print_harmless(wires, number, count_effect(wire, "harmless"), file);
}

// What would settle what nobody knows: once, the text that offers most.
static void print_settle(const json_t *wires, FILE *file)
{
    const json_t *wire, *one;
    const char *settle = "";
    struct paragraph paragraph;
    size_t i, j;

    json_array_foreach (wires, i, wire) {
        const json_t *statements =
            journal_is(wire, "outcome", "at risk") ? json_object_get(wire, "statements") : NULL;
        json_array_foreach (statements, j, one) {
            settle = strlen(journal_text(one, "settle")) > strlen(settle)
                         ? journal_text(one, "settle")
                         : settle;
        }
    }
    if (*settle) {
        start(&paragraph, REPORT_COLUMN, file);
        paragraph_say(&paragraph, "to settle it: %s", settle);
        fputc('\n', file);
    }
}

static bool was_printed(const json_t *wires, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (alike(json_array_get(wires, i), json_array_get(wires, number))) {
            return true;
        }
    }
    return false;
}

void report_outcome(const json_t *handoff, FILE *file)
{
    const json_t *wires = json_object_get(handoff, "interfaces");

    for (size_t i = 0; i < json_array_size(wires); i++) {
        if (!was_printed(wires, i)) {
            print_head(wires, i, file);
            print_statements(wires, i, file);
        }
    }
    print_settle(wires, file);
}
