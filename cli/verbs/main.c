// main.c: the command line of `bootleap`, and its exit code.
// SPDX-License-Identifier: MIT
#include "program.h"
#include "start.h"
#include "verb_table.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

// What went wrong before that counts, and is told with it.
static int output_lost(struct problem *problem, int error)
{
    if (error) {
        fprintf(stderr, "bootleap: what it prints cannot be written: %s\n", strerror(errno));
        return error;
    }
    problem_set(problem, EXIT_FAILED, "another place for it",
                "what it prints cannot be written: %s", strerror(errno));
    return problem_blame(problem, FAULT_COMPUTER);
}

// What no verb answers. False where a verb is asked for.
static bool tell_of_program(const char *asked)
{
    if (strcmp(asked, "--help") == 0 || strcmp(asked, "-h") == 0 || strcmp(asked, "help") == 0) {
        program_help(program_this(), stdout);
        return true;
    }
    if (strcmp(asked, "--version") == 0) {
        printf("%s %s\n", program_this()->name, program_this()->version);
        return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    struct problem problem;

    argv = start_prepare(&argc, argv);
    if (argc < 2) {
        program_help(program_this(), stderr);
        return EXIT_USAGE;
    }
    int error = 0;
    if (argc == 3 && strcmp(argv[1], "help") == 0) {
        char *of_verb[] = {argv[2], "--help", NULL};
        error = verb_table_run(2, of_verb, &problem);
    } else if (!tell_of_program(argv[1])) {
        error = verb_table_run(argc - 1, argv + 1, &problem);
    }
    // Also where something went wrong: a script that reads half a report must not take it for one.
    if (fflush(stdout) != 0 || ferror(stdout)) {
        error = output_lost(&problem, error);
    }
    if (error) {
        problem_print(&problem, "bootleap", argv[1]);
    }
    return error;
}
