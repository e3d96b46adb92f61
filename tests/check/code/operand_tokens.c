// operand_tokens.c: takes the operands of a disassembler's line apart.
// SPDX-License-Identifier: MIT
#include "operand_tokens.h"

#include "text_draft.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const named[] = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7",
                                    "r8", "sb", "sl", "fp", "ip", "sp", "lr", "pc"};

static void add_token(struct tokens *tokens, const char *word, size_t length)
{
    char *token = tokens->token[tokens->count++];

    memcpy(token, word, length);
    token[length] = '\0';
    for (unsigned i = 0; i < 16; i++) {
        if (strcmp(token, named[i]) == 0) {
            struct text_draft line = {token, TOKEN};
            token[0] = '\0';
            text_say(&line, "r%u", i);
            return;
        }
    }
}

static const char *add_number(struct tokens *tokens, const char *at)
{
    char *end;
    struct text_draft line = {tokens->token[tokens->count], TOKEN};

    line.text[0] = '\0';
    text_say(&line, "%X", (unsigned)(uint32_t)strtoll(at, &end, 0));
    tokens->count++;
    return end;
}

void operand_tokens_take(const char *operands, struct tokens *tokens)
{
    tokens->count = 0;
    for (const char *at = operands; *at && tokens->count < MOST_TOKENS - 1;) {
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_0123456789");
        if (*at == '#') {
            at = add_number(tokens, at + 1);
        } else if (isdigit((unsigned char)*at)) {
            at = add_number(tokens, at);
        } else if (length && length < TOKEN) {
            add_token(tokens, at, length);
            at += length;
        } else if (strchr("[]!{}-", *at)) {
            add_token(tokens, at++, 1);
        } else {
            at++;
        }
    }
}

bool operand_token_is(const struct tokens *tokens, unsigned number, const char *word)
{
    return number < tokens->count && strcmp(tokens->token[number], word) == 0;
}
