// verb_table.c: finds a verb by its name, checks its command line, runs it.
// SPDX-License-Identifier: MIT
#include "verb_table.h"

#include "program.h"

#include <string.h>

static const struct verb *const verbs[] = {
    &cmd_list,    &cmd_info, &cmd_enter,  &cmd_flash,   &cmd_go,
    &cmd_devices, &cmd_pins, &cmd_doctor, &cmd_example, &cmd_try_board,
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

const struct verb *verb_table_at(size_t index)
{
    return index < VERB_COUNT ? verbs[index] : NULL;
}

static const struct verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(name, verbs[i]->table.verb) == 0) {
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
        return program_unknown(program_this(), argv[0], problem);
    }
    int error = options_parse(&options, argc, argv, &verb->table, verb->least, verb->most, problem);
    if (error == OPTION_HELP) {
        option_table_help(&verb->table, stdout);
        return 0;
    }
    return error ? error : verb->run(&options, problem);
}
