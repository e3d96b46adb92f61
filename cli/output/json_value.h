// json_value.h: JSON values in the forms that all verbs share.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_JSON_VALUE_H
#define BOOTLEAP_CLI_JSON_VALUE_H

#include <jansson.h>

// A code or an address as scripts get it: a string, "0x44".
json_t *json_value_hex(unsigned value, int digits);

// A string; null for "".
json_t *json_value_text(const char *text);

// An array of the NULL-terminated `texts`.
json_t *json_value_texts(const char *const *texts);

// Writes the value to stdout and frees it.
void json_value_print(json_t *value);

#endif
