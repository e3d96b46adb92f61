// capstone_text.h: an instruction in words that this project's decoder and Capstone can both say.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CAPSTONE_TEXT_H
#define BOOTLEAP_TESTS_CAPSTONE_TEXT_H

#include "instruction.h"

#include <stdint.h>

enum { CAPSTONE_TEXT = 200 };

// "adds r1 r2 4", "load4 r1 [ r2 r3 lsl 2 ]", "b0 8000104": what is done, registers and numbers in
// the order of the assembler; a first operand that is the result is there once. "other" is what the
// walk does not compute, whatever its operands.
void own_text(const struct instruction *instruction, char text[CAPSTONE_TEXT]);

// The same of Capstone's mnemonic and operands, at this address.
void capstone_text(const char *mnemonic, const char *operands, uint32_t address,
                   char text[CAPSTONE_TEXT]);

#endif
