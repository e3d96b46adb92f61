// json_value.c: builds and prints those values.
// SPDX-License-Identifier: MIT
#include "json_value.h"

#include <stdio.h>

enum { HEX_BYTES = 16 };

json_t *json_value_hex(unsigned value, int digits)
{
    char text[HEX_BYTES];

    snprintf(text, sizeof text, "0x%0*X", digits, value);
    return json_string(text);
}

json_t *json_value_text(const char *text)
{
    return text[0] == '\0' ? json_null() : json_string(text);
}

json_t *json_value_texts(const char *const *texts)
{
    json_t *array = json_array();
    for (; *texts != NULL; texts++) {
        json_array_append_new(array, json_string(*texts));
    }
    return array;
}

void json_value_print(json_t *value)
{
    json_dumpf(value, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(value);
}
