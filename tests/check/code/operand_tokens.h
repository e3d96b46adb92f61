// operand_tokens.h: the operands of a disassembler's line, one by one.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_OPERAND_TOKENS_H
#define BOOTLEAP_TESTS_OPERAND_TOKENS_H

#include <stdbool.h>

enum { MOST_TOKENS = 40, TOKEN = 24 };

// Registers as "r13", numbers as hexadecimal ones, signs and words, in their order.
struct tokens {
    char token[MOST_TOKENS][TOKEN];
    unsigned count;
};

void operand_tokens_take(const char *operands, struct tokens *tokens);

// Whether there is a token of this number, and it is this word.
bool operand_token_is(const struct tokens *tokens, unsigned number, const char *word);

#endif
