// json_value.h: JSON values in the forms that all programs share.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_JSON_VALUE_H
#define BOOTLEAP_COMMON_JSON_VALUE_H

#include <jansson.h>

// A code or an address as scripts get it: a string, "0x44".
json_t *json_value_hex(unsigned value, int digits);

// A string of bytes that need not be UTF-8, as names of files and strings of devices are. A byte
// that is none is written as \xHH. Never NULL but without memory.
json_t *json_value_string(const char *text);

// The same; null for "".
json_t *json_value_text(const char *text);

// An array of the NULL-terminated `texts`.
json_t *json_value_texts(const char *const *texts);

// Moves the keys of `keys` to `report`.
void json_value_add(json_t *report, json_t *keys);

#endif
