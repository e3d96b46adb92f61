// completion_words.c: lists what a shell may complete a value with.
// SPDX-License-Identifier: MIT
#include "completion_words.h"

const char *completion_word(enum option_value value)
{
    static const char *const words[] = {[OPTION_OTHER] = "other",
                                        [OPTION_FILE] = "file",
                                        [OPTION_FOLDER] = "folder",
                                        [OPTION_DEVICE] = "device",
                                        [OPTION_PORT] = "port"};

    return words[value];
}

void completion_words(const struct option_row *row, FILE *file)
{
    if (!row->words) {
        fputs(completion_word(row->value), file);
        return;
    }
    fputs("words", file);
    for (unsigned i = 0; row->words(i); i++) {
        fprintf(file, " %s", row->words(i));
    }
}

void completion_devices(const struct program *program, FILE *file)
{
    for (size_t i = 0; i < device_count; i++) {
        if (!program->takes(&devices[i])) {
            continue;
        }
        fprintf(file, " %s", devices[i].slug);
        for (const char *const *part = devices[i].parts; *part; part++) {
            fprintf(file, " %s", *part);
        }
    }
}

void completion_function(const struct program *program, FILE *file)
{
    fputc('_', file);
    for (const char *letter = program->name; *letter; letter++) {
        fputc(*letter == '-' ? '_' : *letter, file);
    }
}
