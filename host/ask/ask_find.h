// ask_find.h: finds a sequence by its name or in a file.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_ASK_FIND_H
#define BOOTLEAP_HOST_ASK_FIND_H

#include "ask_sequence.h"
#include "problem.h"

// The sequence of this name that is built in, or the one in the file of this name. Problems:
// EXIT_USAGE where there is neither, and those of ask_parse.
int ask_find(struct ask_sequence *sequence, const char *name, struct problem *problem);

#endif
