// arguments.c: tells what is wrong with an option, and reads numbers that are numbers.
// SPDX-License-Identifier: MIT
#include "arguments.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

const char arguments_short[] = ":";

void arguments_start(void)
{
    opterr = 0;
    optind = 0; // 1 would go on in the middle of an argument that was left there the last time
}

int arguments_refuse(int returned, char **argv, const char *verb, struct problem *problem)
{
    char help[64];

    snprintf(help, sizeof help, "`bootleap-sim %s --help` lists them", verb);
    if (returned == ':') {
        return problem_set(problem, EXIT_USAGE, help, "option %s: its value is missing",
                           argv[optind - 1]);
    }
    if (optopt > UCHAR_MAX) {
        return problem_set(problem, EXIT_USAGE, help, "option %s: it takes no value",
                           argv[optind - 1]);
    }
    if (optopt) { // one letter of an argument that may hold several
        return problem_set(problem, EXIT_USAGE, help, "-%c: is not an option of %s", optopt, verb);
    }
    return problem_set(problem, EXIT_USAGE, help,
                       "%s: is not an option of %s, or the start of several", argv[optind - 1],
                       verb);
}

int arguments_number(uint64_t *number, const char *option, const char *text, uint64_t least,
                     uint64_t most, struct problem *problem)
{
    char range[64];
    char *end;

    snprintf(range, sizeof range, "a number from %" PRIu64 " to %" PRIu64, least, most);
    errno = 0;
    *number = strtoull(text, &end, 0);
    if (!isdigit((unsigned char)text[0]) || *end) { // a sign or a space is none
        return problem_set(problem, EXIT_USAGE, range, "%s: %s is not a number", option, text);
    }
    if (errno == ERANGE || *number < least || *number > most) {
        return problem_set(problem, EXIT_USAGE, range, "%s: %s is out of range", option, text);
    }
    return 0;
}
