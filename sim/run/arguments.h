// arguments.h: what the command lines of all verbs have in common: bad options, numbers.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ARGUMENTS_H
#define BOOTLEAP_SIM_ARGUMENTS_H

#include "problem.h"

#include <stdint.h>

// The short options for getopt_long(): none, and a missing value is told from an unknown option.
extern const char arguments_short[];

// Makes getopt_long() ready for a new command line, whatever it did with the one before.
void arguments_start(void);

// Puts what getopt_long() refused (it returned '?' or ':') into words. Returns the exit code.
int arguments_refuse(int returned, char **argv, const char *verb, struct problem *problem);

// Reads a number from `least` to `most`: decimal, or hexadecimal with 0x. `option` is for the
// message. Returns 0, or the exit code that was put into *problem.
int arguments_number(uint64_t *number, const char *option, const char *text, uint64_t least,
                     uint64_t most, struct problem *problem);

#endif
