// ask_sequence.h: how an application is asked for its bootloader: what it gets, what it answers.
// SPDX-License-Identifier: MIT
//
// A sequence is read from a text, which docs/getting-in.md describes. Those that are built in are
// such texts, too: host/ask/peers.
#ifndef BOOTLEAP_HOST_ASK_SEQUENCE_H
#define BOOTLEAP_HOST_ASK_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASK_STEPS = 32, ASK_TEXT_BYTES = 2048, ASK_NAME_BYTES = 64 };

enum ask_step_kind {
    ASK_STEP_SEND,
    ASK_STEP_EXPECT, // reads until the text has come, at most for `ms`
    ASK_STEP_WAIT,   // for `ms`
    ASK_STEP_UNDO,   // text that is sent if a later step fails
    ASK_STEP_TOUCH,  // sets this baud rate and lets go of DTR; always the last step
};

// Bytes of the sequence's text, with a NUL behind them.
struct ask_text {
    uint16_t at, length;
};

struct ask_step {
    enum ask_step_kind kind;
    struct ask_text text;
    unsigned ms, baud;
};

struct ask_sequence {
    char name[ASK_NAME_BYTES]; // for messages
    unsigned baud;             // of the application; 0: it does not say
    bool detaches;             // by DFU_DETACH over USB, and by nothing else
    struct ask_text help;      // one line; length 0 where the text has none, as with the others
    struct ask_text rom;       // where its ROM answers
    struct ask_text hint;      // what helps where no ROM comes
    struct ask_text refusal, advice; // why nothing can ask it, and what can be done
    struct ask_step steps[ASK_STEPS];
    unsigned step_count, source_count;
    size_t text_used;
    char text[ASK_TEXT_BYTES];
};

// The bytes; "" where the length is 0.
const char *ask_text(const struct ask_sequence *sequence, const struct ask_text *text);

#endif
