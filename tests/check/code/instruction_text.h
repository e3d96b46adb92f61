// instruction_text.h: an instruction as a line of text, every field that it uses.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_INSTRUCTION_TEXT_H
#define BOOTLEAP_TESTS_INSTRUCTION_TEXT_H

#include "instruction.h"

enum { INSTRUCTION_TEXT = 160 };

// "ADD d0 n1 m2 ASR5 flags", "LOAD4 d0 n1 -#4 back": registers; `flags` are set, `narrow`: not in
// an IT block; `carry`: C becomes bit 31 of the immediate.
void instruction_text(const struct instruction *instruction, char text[INSTRUCTION_TEXT]);

#endif
