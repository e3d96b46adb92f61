// option_table.h: the options of a verb: one row each, of which all that is told and read is made.
// SPDX-License-Identifier: MIT
//
// --help, the manual page and the completions of shells are made of the same tables.
#ifndef BOOTLEAP_COMMON_OPTION_TABLE_H
#define BOOTLEAP_COMMON_OPTION_TABLE_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct option_row;

// Puts the value of one option into what the verb is to do: `request` is the verb's own structure.
// `text` is what the user wrote, NULL for an option without a value. Returns 0, or the exit code
// that is in *problem.
typedef int option_parser(void *request, const struct option_row *row, const char *text,
                          struct problem *problem);

// The word with this number; NULL beyond the last.
typedef const char *option_words(unsigned number);

// What a value is, for a shell that completes it.
enum option_value {
    OPTION_OTHER,
    OPTION_FILE,
    OPTION_FOLDER,
    OPTION_DEVICE, // a name of the device table
    OPTION_PORT,   // as `bootleap list` prints it
};

struct option_row {
    const char *name;     // without "--"; NULL ends the rows of a group
    char letter;          // its short name: 'v' of -v; 0: none. Such an option takes no value
    const char *argument; // what --help calls its value; "[=FIELDS]": may be left out; NULL: none
    option_parser *parse;
    const char *help;        // --help breaks it into lines
    option_words *words;     // that it takes, which --help lists behind the text; NULL: others
    option_words *word_help; // what each of them says; NULL: they speak for themselves
    const char *told_by; // the verb whose --help tells that, for all that have the row; NULL: each
    enum option_value value; // of an option that has no words
    size_t place;            // for the parsers below: where in `request` the value goes
    uint64_t least, most;    // ... and what a number may be
};

// Where a member of this type is in a structure. The compiler refuses a member of another type.
// NOLINTBEGIN(bugprone-macro-parentheses): there are none around a type
#define OPTION_PLACE(structure, type, member)                                                      \
    _Generic(((structure *)0)->member, type : offsetof(structure, member))
// NOLINTEND(bugprone-macro-parentheses)

struct option_group {
    const char *title; // NULL: it follows what stands before it without one
    const struct option_row *rows;
};

enum { OPTION_OPERANDS = 2 }; // that a verb has, but for one that takes many

struct option_table {
    const char *program;
    const char *verb;                          // "": a program without verbs
    const char *summary;                       // one line, for the list of verbs
    const char *operands;                      // what the usage shows, "FILE [PORT]"
    enum option_value values[OPTION_OPERANDS]; // what these are
    bool many;                                 // of the last kind there may be any number
    const char *description;                   // see manual_text.h
    const char *end;                           // the same, behind the options; NULL: nothing
    const struct option_group *groups;
    size_t group_count;
};

// What option_table_parse() returns where the user asks for help: -h or --help.
enum { OPTION_HELP = -1 };

// Reads a command line into `request`; argv[0] is the verb. Sorts argv: what is no option stands
// from *operands on. Returns 0, OPTION_HELP, or the exit code that is in *problem. May be called
// again with another command line.
int option_table_parse(const struct option_table *table, void *request, int argc, char **argv,
                       int *operands, struct problem *problem);

// The row of this name; NULL if the verb does not have one.
const struct option_row *option_table_find(const struct option_table *table, const char *name);

// What its messages call it: the verb, or a program that has none.
const char *option_table_name(const struct option_table *table);

// How it is called: "bootleap flash"; "bootleap-check".
enum { OPTION_CALL = 64 };
void option_table_call(const struct option_table *table, char call[OPTION_CALL]);

// Whether this verb explains the words of a row, or only names them and the verb that does.
bool option_row_is_told_by(const struct option_row *row, const struct option_table *table);

// What --help prints.
void option_table_help(const struct option_table *table, FILE *file);

// The parsers that do for most rows. Each refuses what is none, and sets the member at row->place:
int option_flag(void *request, const struct option_row *row, const char *text,
                struct problem *problem); // bool: true
int option_text(void *request, const struct option_row *row, const char *text,
                struct problem *problem); // const char *: as it is
int option_unsigned(void *request, const struct option_row *row, const char *text,
                    struct problem *problem); // unsigned: row->least to row->most
int option_uint64(void *request, const struct option_row *row, const char *text,
                  struct problem *problem); // uint64_t: the same

// Finds `text` among row->words. Returns 0, or the exit code that is in *problem.
int option_word(unsigned *number, const struct option_row *row, const char *text,
                struct problem *problem);

#endif
