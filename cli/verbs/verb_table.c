// verb_table.c: finds a verb by its name, checks its command line, runs it.
// SPDX-License-Identifier: MIT
#include "verb_table.h"

#include <stdio.h>
#include <string.h>

enum { VERB_NAME_BYTES = 16 };

static const struct verb *const verbs[] = {
    &cmd_list, &cmd_info, &cmd_enter, &cmd_flash, &cmd_go, &cmd_devices, &cmd_pins, &cmd_doctor,
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

const struct verb *verb_table_at(size_t index)
{
    return index < VERB_COUNT ? verbs[index] : NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// How many letters have to be changed, added or left out to make `a` out of `b`.
static size_t distance(const char *a, const char *b)
{
    size_t row[VERB_NAME_BYTES + 1];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[width];
}

static int unknown_verb(const char *name, struct problem *problem)
{
    const struct verb *nearest = verbs[0];
    char suggestion[64] = "bootleap --help";

    for (size_t i = 1; i < VERB_COUNT; i++) {
        if (distance(name, verbs[i]->name) < distance(name, nearest->name)) {
            nearest = verbs[i];
        }
    }
    if (distance(name, nearest->name) <= strlen(nearest->name) / 2) {
        snprintf(suggestion, sizeof suggestion, "bootleap %s", nearest->name);
    }
    return problem_set(problem, EXIT_USAGE, suggestion, "there is no such verb");
}

static const struct verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(name, verbs[i]->name) == 0) {
            return verbs[i];
        }
    }
    return NULL;
}

int verb_table_run(int argc, char **argv, struct problem *problem)
{
    const struct verb *verb = find_verb(argv[0]);
    struct options options;

    if (verb == NULL) {
        return unknown_verb(argv[0], problem);
    }
    int error =
        options_parse(&options, argc, argv, verb->allowed, verb->least, verb->most, problem);
    if (error) {
        return error;
    }
    if (options.help) {
        printf("usage: bootleap %s %s\n\n%s", verb->name, verb->usage, verb->help);
        return 0;
    }
    return verb->run(&options, problem);
}
