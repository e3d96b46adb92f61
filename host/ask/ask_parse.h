// ask_parse.h: reads a sequence from a text.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_ASK_PARSE_H
#define BOOTLEAP_HOST_ASK_PARSE_H

#include "ask_sequence.h"
#include "problem.h"

// Reads `size` bytes of text. `origin` is their file, for messages, and the sequence's name until
// the text gives another one. Problem: EXIT_USAGE, with the file and the number of the line.
int ask_parse(struct ask_sequence *sequence, const char *origin, const char *bytes, size_t size,
              struct problem *problem);

#endif
