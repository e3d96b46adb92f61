// report.c: the text report, made from the same JSON that scripts get.
// SPDX-License-Identifier: MIT
#include "report.h"

#include <stdbool.h>
#include <string.h>

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "";
}

static bool is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static long long number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static void print_handoff(const json_t *handoff, size_t index, FILE *file)
{
    const json_t *points = json_object_get(handoff, "contract"), *point;
    size_t i, held = 0, earned = 0;

    json_array_foreach(points, i, point)
    {
        held += is_true(point, "ok");
        earned += is_true(point, "ok") && strcmp(text(point, "way"), "earned") == 0;
    }
    fprintf(file, "handoff %zu   %zu of %zu points hold, %zu of them earned\n", index + 1, held,
            json_array_size(points), earned);
    json_array_foreach(points, i, point)
    {
        if (!is_true(point, "ok")) {
            fprintf(file, "  %-4s does not hold: %s\n", text(point, "id"), text(point, "observed"));
        }
    }
    fprintf(file, "  the ROM: %s (%s): %s\n", text(handoff, "outcome"), text(handoff, "confidence"),
            text(handoff, "reason"));
}

static void print_calls(const json_t *calls, FILE *file)
{
    const json_t *call;
    size_t i;
    long long most = -1;

    json_array_foreach(calls, i, call)
    {
        if (!is_true(call, "pending") && number(call, "instructions") > most) {
            most = number(call, "instructions");
        }
    }
    if (most >= 0) {
        fprintf(file, "on reset    %lld instructions when nothing is pending\n", most);
    }
}

void report_print(const json_t *summary, FILE *file)
{
    const json_t *item, *end = json_object_get(summary, "end");
    size_t i;

    fprintf(file, "device      %s, %s, on a %s\n", text(summary, "device"), text(summary, "name"),
            text(summary, "core"));
    json_array_foreach(json_object_get(summary, "handoffs"), i, item)
    {
        print_handoff(item, i, file);
    }
    if (json_array_size(json_object_get(summary, "handoffs")) == 0) {
        fprintf(file, "handoff     none\n");
    }
    print_calls(json_object_get(summary, "on_reset"), file);
    json_array_foreach(json_object_get(summary, "checks"), i, item)
    {
        if (!is_true(item, "ok")) {
            fprintf(file, "%-4s        does not hold: %s\n", text(item, "id"), text(item, "asks"));
        }
    }
    fprintf(file, "end         %s: %s\n", text(end, "why"), text(end, "detail"));
    fprintf(file, "not modelled, among others (--json lists all %zu):\n",
            json_array_size(json_object_get(summary, "not_modelled")));
    json_array_foreach(json_object_get(summary, "not_modelled"), i, item)
    {
        if (strncmp(json_string_value(item), "register", 8) == 0 ||
            strncmp(json_string_value(item), "the core", 8) == 0) {
            fprintf(file, "  %s\n", json_string_value(item));
        }
    }
    fprintf(file, "verdict     %s\n", is_true(summary, "findings") ? "findings" : "clean");
}
