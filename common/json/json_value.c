// json_value.c: builds and prints those values.
// SPDX-License-Identifier: MIT
#include "json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEX_BYTES = 16 };

json_t *json_value_hex(unsigned value, int digits)
{
    char text[HEX_BYTES];

    snprintf(text, sizeof text, "0x%0*X", digits, value);
    return json_string(text);
}

// How many bytes the character at `text` has; 0: it is not UTF-8.
static size_t character_bytes(const char *text)
{
    static const size_t longest = 4;
    size_t room = strlen(text);

    for (size_t bytes = 1; bytes <= longest && bytes <= room; bytes++) {
        json_t *one = json_stringn(text, bytes); // jansson knows what is UTF-8
        json_decref(one);
        if (one) {
            return bytes;
        }
    }
    return 0;
}

json_t *json_value_string(const char *text)
{
    static const size_t escape_bytes = 4; // "\\xHH"
    json_t *plain = json_string(text);
    char *whole = plain ? NULL : malloc(escape_bytes * strlen(text) + 1), *end = whole;

    while (end && *text) {
        size_t bytes = character_bytes(text);
        if (bytes) {
            memcpy(end, text, bytes);
        } else {
            snprintf(end, escape_bytes + 1, "\\x%02X", (unsigned char)*text);
        }
        end += bytes ? bytes : escape_bytes;
        text += bytes ? bytes : 1;
    }
    if (whole) {
        plain = json_stringn(whole, (size_t)(end - whole));
        free(whole);
    }
    return plain;
}

json_t *json_value_text(const char *text)
{
    return text[0] == '\0' ? json_null() : json_value_string(text);
}

json_t *json_value_texts(const char *const *texts)
{
    json_t *array = json_array();
    for (; *texts != NULL; texts++) {
        json_array_append_new(array, json_value_string(*texts));
    }
    return array;
}

void json_value_add(json_t *report, json_t *keys)
{
    json_object_update(report, keys);
    json_decref(keys);
}
