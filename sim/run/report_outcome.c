// report_outcome.c: prints what comes of a handoff over each wire, and on what ground.
// SPDX-License-Identifier: MIT
#include "report_outcome.h"

#include <stdbool.h>
#include <string.h>

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "";
}

static bool same(const json_t *a, const json_t *b, const char *key)
{
    return strcmp(text(a, key), text(b, key)) == 0;
}

// Whether two wires would be printed alike.
static bool alike(const json_t *a, const json_t *b)
{
    return same(a, b, "outcome") && same(a, b, "how") && same(a, b, "ground") &&
           same(a, b, "reason");
}

// "fails (hung), must".
static void print_word(const json_t *wire, FILE *file)
{
    fprintf(file, "%s", text(wire, "outcome"));
    if (*text(wire, "how")) {
        fprintf(file, " (%s)", text(wire, "how"));
    }
    fprintf(file, ", ground: %s\n", text(wire, "ground"));
}

// What does no harm is told by its count alone: --json has it all.
static void print_statements(const json_t *wire, FILE *file)
{
    const json_t *statements = json_object_get(wire, "statements"), *one;
    size_t i, harmless = 0;

    json_array_foreach (statements, i, one) {
        if (strcmp(text(one, "effect"), "harmless") == 0) {
            harmless++;
            continue;
        }
        fprintf(file, "                %s%s%s: %s\n", text(one, "point"),
                *text(one, "point") ? " " : "", text(one, "what"), text(one, "text"));
    }
    if (harmless) {
        fprintf(file, "                %zu %s no harm, the least sure: %s: %s\n", harmless,
                harmless == 1 ? "leftover does" : "leftovers do",
                text(json_array_get(statements, i - harmless), "what"),
                text(json_array_get(statements, i - harmless), "text"));
    }
}

// The wires that are alike, in one line: "usb, can".
static void print_names(const json_t *wires, size_t first, FILE *file)
{
    const json_t *wire = json_array_get(wires, first);
    bool any = false;

    for (size_t i = first; i < json_array_size(wires); i++) {
        const json_t *other = json_array_get(wires, i);
        if (alike(wire, other)) {
            fprintf(file, "%s%s", any ? ", " : "", text(other, "interface"));
            any = true;
        }
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
    const json_t *wires = json_object_get(handoff, "interfaces"), *wire;
    size_t i;

    json_array_foreach (wires, i, wire) {
        if (was_printed(wires, i)) {
            continue;
        }
        fprintf(file, "            the ROM over ");
        print_names(wires, i, file);
        fprintf(file, ": ");
        print_word(wire, file);
        print_statements(wire, file);
        if (json_array_size(json_object_get(wire, "statements")) == 0) {
            fprintf(file, "                %s\n", text(wire, "reason"));
        }
    }
}
