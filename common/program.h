// program.h: what a program says about itself: its help, its verbs, its exit codes.
// SPDX-License-Identifier: MIT
//
// --help, the manual page and the completions are made of it.
#ifndef BOOTLEAP_COMMON_PROGRAM_H
#define BOOTLEAP_COMMON_PROGRAM_H

#include "devices.h"
#include "option_table.h"

#include <stdbool.h>

// A term and what it means; a term that is NULL ends a list.
struct program_term {
    const char *term;
    const char *text;
};

struct program {
    const char *name;
    const char *version;
    const char *title;                // what it is, without a full stop: a manual's NAME
    const char *description;          // see manual_text.h
    const char *examples;             // the same
    const struct program_term *exits; // exit codes
    const struct program_term *files; // that the package brings
    // The verb at this place, from 0 on; NULL behind the last one. A program without verbs has one
    // table, whose verb is "".
    const struct option_table *(*verb)(size_t index);
    bool (*takes)(const struct device *device); // whether verbs take its name
};

// The program that this executable is; each defines it once.
const struct program *program_this(void);

bool program_has_verbs(const struct program *program);

// What `PROGRAM --help` prints.
void program_help(const struct program *program, FILE *file);

// The verb of this name; NULL if there is none.
const struct option_table *program_find(const struct program *program, const char *name);

// Says that there is no verb of this name, and which one is near. Returns EXIT_USAGE.
int program_unknown(const struct program *program, const char *name, struct problem *problem);

#endif
