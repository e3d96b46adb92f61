// field.h: labelled text on stdout, aligned and wrapped for people.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FIELD_H
#define BOOTLEAP_CLI_FIELD_H

#include "printf_format.h"

#include <stdbool.h>
#include <stddef.h>

// The entry that is being written.
struct field {
    size_t column; // where the next character goes, from 0
    bool fresh;    // no word of this line yet
};

// Begins the entry `label`, at most 15 characters; "" goes on below the entry before it.
void field_begin(struct field *field, const char *label);

// Adds the words of a printf format to the entry, each on the line if it still fits.
void field_add(struct field *field, const char *format, ...) PRINTF_FORMAT(2, 3);

void field_end(void);

// A whole entry at once.
void field_line(const char *label, const char *format, ...) PRINTF_FORMAT(2, 3);

// One entry for each of the NULL-terminated `texts`, the first one labelled. Nothing if there is
// none.
void field_list(const char *label, const char *const *texts);

#endif
