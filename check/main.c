// main.c: the program bootleap-check, and its exit code.
// SPDX-License-Identifier: MIT
#include "command.h"
#include "program.h"
#include "start.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct problem problem;
    int code = EXIT_DONE;

    argv = start_prepare(&argc, argv);
    if (argc < 2) {
        program_help(program_this(), stderr);
        return EXIT_USAGE;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("%s %s\n", program_this()->name, program_this()->version);
    } else {
        code = command_run(argc, argv, &problem);
        if (code && problem.what[0]) {
            return problem_print(&problem, program_this()->name, "");
        }
    }
    // A script that reads half a report must not take it for one.
    if (fflush(stdout) != 0 || ferror(stdout)) {
        problem_set(&problem, EXIT_FAILED, "another place for it",
                    "what it prints cannot be written: %s", strerror(errno));
        return problem_print(&problem, program_this()->name, "");
    }
    return code;
}
