// completion_words.h: what a shell may complete a value with.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_COMPLETION_WORDS_H
#define BOOTLEAP_COMMON_COMPLETION_WORDS_H

#include "program.h"

// "file", "folder", "device", "port"; "other" where a shell cannot know it.
const char *completion_word(enum option_value value);

// The same of the values of an option: "words text 1200 dfu" where they are listed.
void completion_words(const struct option_row *row, FILE *file);

// The names of all devices that the program takes, with a blank before each.
void completion_devices(const struct program *program, FILE *file);

// "_bootleap_sim": the program as a name of a function of a shell.
void completion_function(const struct program *program, FILE *file);

#endif
