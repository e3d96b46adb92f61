// shared_options.h: options that several verbs have, in groups, and how their values are read.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_SHARED_OPTIONS_H
#define BOOTLEAP_CLI_SHARED_OPTIONS_H

#include "options.h"

#define OPTIONS_PLACE(type, member) OPTION_PLACE(struct options, type, member)

enum {
    OPTIONS_MOST_NUMBER = 600000000, // baud, milliseconds
    OPTIONS_BOARD_S = 60,            // a board is awaited so long, where nobody says how long
};

// Rows of a group, ended by a row without a name.
extern const struct option_row options_application[]; // how it is asked to enter, and where it is
extern const struct option_row options_wait[];        // for a board that is not there yet
extern const struct option_row options_line[];        // the line to the ROM
extern const struct option_row options_recover[];     // ... and what may be done where it is silent
extern const struct option_row options_file[];        // what of a file, and for which chip
extern const struct option_row options_stay[];        // --no-go of verbs that change nothing
extern const struct option_row options_json[];        // one JSON object
extern const struct option_row options_quiet[];       // no words, for verbs with a port

// What the values of some options may be, and their parsers; `request` is a struct options.
option_words option_ask_word, option_ask_help, option_lines_word, option_lines_help;
option_parser option_set_address, option_set_ask, option_set_board_seconds, option_set_keep,
    option_set_lines, option_set_pages, option_set_range, option_set_text, option_set_unit,
    option_set_verbose;

#endif
