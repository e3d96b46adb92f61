// file_notes.c: notes on a firmware file, on stderr and as JSON.
// SPDX-License-Identifier: MIT
#include "file_notes.h"

#include "json_value.h"

#include <stdio.h>

void file_notes_print(const struct libbootleap_file *file, const char *verb)
{
    const char *note;

    for (size_t i = 0; file && (note = libbootleap_file_note(file, i)) != NULL; i++) {
        fprintf(stderr, "bootleap: %s: note: %s\n", verb, note);
    }
}

json_t *file_notes_json(const struct libbootleap_file *file)
{
    json_t *notes = json_array();
    const char *note;

    for (size_t i = 0; file && (note = libbootleap_file_note(file, i)) != NULL; i++) {
        json_array_append_new(notes, json_value_string(note));
    }
    return notes;
}
