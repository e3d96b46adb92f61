// report_layout.c: puts labels, places and call chains into the columns of the text report.
// SPDX-License-Identifier: MIT
#include "report_layout.h"

#include "plain_text.h"

#include <string.h>

enum { TEXT_BYTES = 1024 };

const char *report_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

bool report_is(const json_t *object, const char *key, const char *value)
{
    return strcmp(report_text(object, key), value) == 0;
}

void report_put(struct paragraph *paragraph, const char *text)
{
    char clean[TEXT_BYTES];

    snprintf(clean, sizeof clean, "%s", text);
    plain_text_clean(clean);
    paragraph_put(paragraph, clean);
}

void report_line(const char *label, const char *text, FILE *file)
{
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};

    paragraph.used = (size_t)fprintf(file, "%s", label);
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    report_put(&paragraph, text);
    fputc('\n', file);
}

void report_place(struct paragraph *paragraph, const json_t *place)
{
    const char *at = report_text(place, "at"), *function = report_text(place, "function");
    const char *path = report_text(place, "file");
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    size_t length = strlen(function);
    bool inlined = strncmp(at, function, length) != 0 || (at[length] && at[length] != '+');
    char text[TEXT_BYTES];

    report_put(paragraph, at);
    if (*name) {
        snprintf(text, sizeof text, "(%s%s%s:%lld)", inlined ? function : "", inlined ? ", " : "",
                 name, (long long)json_integer_value(json_object_get(place, "line")));
        report_put(paragraph, text);
    }
}

void report_chain(const json_t *place, size_t column, FILE *file)
{
    const json_t *callers = json_object_get(place, "callers");
    struct paragraph paragraph = {file, column, REPORT_WIDTH, 0, false};
    char text[TEXT_BYTES];

    if (json_array_size(callers) == 0) {
        return;
    }
    paragraph_blanks(&paragraph, column);
    for (size_t i = json_array_size(callers); i-- > 0;) {
        snprintf(text, sizeof text, "%s >", report_text(json_array_get(callers, i), "function"));
        report_put(&paragraph, text);
    }
    report_put(&paragraph, report_text(place, "function"));
    fputc('\n', file);
}
