// problem_print.c: prints one problem.
// SPDX-License-Identifier: MIT
//
// Apart from problem.c, because the library of the host prints nothing.
#include "problem.h"

#include "plain_text.h"

#include <stdio.h>

int problem_print(const struct problem *problem, const char *program, const char *verb)
{
    fprintf(stderr, "%s: ", program);
    if (*verb) {
        plain_text_print(stderr, verb);
        fputs(": ", stderr);
    }
    plain_text_print(stderr, problem->what);
    fputc('.', stderr);
    if (problem->try_this[0]) {
        fputs(" Try: ", stderr);
        plain_text_print(stderr, problem->try_this);
    }
    fputc('\n', stderr);
    return (int)problem->code;
}
