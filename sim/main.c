// main.c: the command line of bootleap-sim, the virtual STM32 that judges firmware.
// SPDX-License-Identifier: MIT
#include "program.h"
#include "sim_verbs.h"

#include <stdio.h>
#include <string.h>

static int run_verb(const char *verb, int argc, char **argv, struct problem *problem)
{
    if (strcmp(verb, "run") == 0) {
        return verb_run(argc, argv, problem);
    }
    if (strcmp(verb, "matrix") == 0) {
        return verb_matrix(argc, argv, problem);
    }
    return verb_devices(argc, argv, problem);
}

int main(int argc, char **argv)
{
    const struct program *program = program_this();
    const char *word = argc > 1 ? argv[1] : "";
    struct problem problem = {0};

    if (argc < 2 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        program_help(program, argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    if (strcmp(word, "--version") == 0) {
        printf("%s %s\n", program->name, program->version);
        return EXIT_DONE;
    }
    const struct option_table *verb = program_find(program, word);
    if (!verb) {
        program_unknown(program, word, &problem);
        return problem_print(&problem, program->name, word);
    }
    int code = run_verb(verb->verb, argc - 1, argv + 1, &problem);
    if (code == OPTION_HELP) {
        option_table_help(verb, stdout);
        return EXIT_DONE;
    }
    return code && problem.what[0] ? problem_print(&problem, program->name, word) : code;
}
