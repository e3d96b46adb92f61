// command.h: does what a command line asks for.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_COMMAND_H
#define BOOTLEAP_CHECK_COMMAND_H

#include "problem.h"

// Prints the result to stdout. Returns an exit code: with words in *problem, which nobody has
// printed yet, where it is not for what the check has found.
int command_run(int argc, char **argv, struct problem *problem);

#endif
