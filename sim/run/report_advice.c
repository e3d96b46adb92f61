// report_advice.c: prints what to change, and where in the user's code.
// SPDX-License-Identifier: MIT
#include "report_advice.h"

#include "journal.h"
#include "paragraph.h"
#include "report_layout.h"

#include <string.h>

enum { MOST_CALLERS = 4, MOST_CALLERS_OF_OTHERS = 2 };

// "HAL_InitTick (stm32f4xx_hal.c:257)", or without a line its address.
static void print_place(const char *label, const json_t *place, FILE *file)
{
    const char *function = journal_text(place, "function"), *path = journal_text(place, "file");
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;

    fprintf(file, "                  %-10s %s", label, function);
    if (*name) {
        fprintf(file, "%s(%s:%lld)\n", *function ? " " : "", name,
                (long long)json_integer_value(json_object_get(place, "line")));
    } else {
        fprintf(file, "%s%s%s\n", *function ? " (" : "", journal_text(place, "pc"),
                *function ? ")" : "");
    }
}

static void print_cause(const json_t *cause, size_t most, FILE *file)
{
    const json_t *callers = json_object_get(cause, "callers"), *caller;
    size_t i;

    if (*journal_text(cause, "pc")) {
        print_place(*journal_text(cause, "register") ? journal_text(cause, "register") : "at",
                    cause, file);
    }
    json_array_foreach (callers, i, caller) {
        if (i < most) {
            print_place("called by", caller, file);
        }
    }
}

static void print_text(const json_t *item, FILE *file)
{
    struct paragraph paragraph = {file, REPORT_COLUMN + 4, REPORT_WIDTH, 0, false};

    paragraph_blanks(&paragraph, REPORT_COLUMN);
    paragraph_say(&paragraph, "%s:", journal_text(item, "about"));
    paragraph_put(&paragraph, journal_text(item, "text"));
    fputc('\n', file);
}

void report_advice(const json_t *advice, FILE *file)
{
    const json_t *item, *cause;
    size_t i, j;

    json_array_foreach (advice, i, item) {
        print_text(item, file);
        print_cause(item, MOST_CALLERS, file);
        json_array_foreach (json_object_get(item, "also"), j, cause) {
            print_cause(cause, MOST_CALLERS_OF_OTHERS, file);
        }
    }
}

void report_places(const json_t *places, FILE *file)
{
    const json_t *place;
    size_t i;

    json_array_foreach (places, i, place) {
        if (i <= MOST_CALLERS && *journal_text(place, "file")) {
            print_place(i ? "called by" : "at", place, file);
        }
    }
}
