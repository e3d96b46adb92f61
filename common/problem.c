// problem.c: fills in and prints one problem.
// SPDX-License-Identifier: MIT
#include "problem.h"

#include <stdarg.h>
#include <stdio.h>

int problem_set(struct problem *problem, enum exit_code code, const char *try_this,
                const char *format, ...)
{
    va_list arguments;

    problem->code = code;
    snprintf(problem->try_this, sizeof problem->try_this, "%s", try_this ? try_this : "");
    va_start(arguments, format);
    vsnprintf(problem->what, sizeof problem->what, format, arguments);
    va_end(arguments);
    return (int)code;
}

int problem_print(const struct problem *problem, const char *program, const char *verb)
{
    fprintf(stderr, "%s: %s: %s.", program, verb, problem->what);
    if (problem->try_this[0]) {
        fprintf(stderr, " Try: %s", problem->try_this);
    }
    fputc('\n', stderr);
    return (int)problem->code;
}
