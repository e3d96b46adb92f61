// file_notes.h: what the user should hear of a firmware file that is used all the same.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FILE_NOTES_H
#define BOOTLEAP_CLI_FILE_NOTES_H

#include "libbootleap.h"

#include <jansson.h>

// Writes "bootleap: VERB: note: NOTE\n" for each to stderr. `file` may be NULL.
void file_notes_print(const struct libbootleap_file *file, const char *verb);

// The same as a list of texts.
json_t *file_notes_json(const struct libbootleap_file *file);

#endif
