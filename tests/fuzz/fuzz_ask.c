// fuzz_ask.c: gives any bytes to what reads the file of `--ask FILE`.
// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include "ask_parse.h"
#include "escape.h"

#include <stdlib.h>
#include <string.h>

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

// Inside of the sequence's text, with a NUL behind it; "" where it has none.
static void check_text(const struct ask_sequence *sequence, const struct ask_text *text)
{
    char shown[16];

    require(text->at + text->length < ASK_TEXT_BYTES || text->length == 0);
    require(ask_text(sequence, text)[text->length] == '\0');
    escape_write(shown, sizeof shown, ask_text(sequence, text), text->length);
    require(strlen(shown) < sizeof shown);
}

static void check(const struct ask_sequence *sequence)
{
    bool asks = sequence->detaches;

    require(sequence->step_count <= ASK_STEPS && sequence->text_used <= ASK_TEXT_BYTES);
    require(strlen(sequence->name) < ASK_NAME_BYTES);
    check_text(sequence, &sequence->help);
    check_text(sequence, &sequence->rom);
    check_text(sequence, &sequence->hint);
    check_text(sequence, &sequence->refusal);
    check_text(sequence, &sequence->advice);
    for (unsigned i = 0; i < sequence->step_count; i++) {
        const struct ask_step *step = &sequence->steps[i];
        check_text(sequence, &step->text);
        asks |= step->kind == ASK_STEP_SEND || step->kind == ASK_STEP_TOUCH;
        require(step->ms <= 60000 && (step->kind != ASK_STEP_WAIT || step->ms > 0));
        require(step->kind != ASK_STEP_TOUCH || i + 1 == sequence->step_count);
    }
    require(asks != (sequence->refusal.length > 0));
    require(!sequence->detaches || sequence->step_count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct problem problem = {.code = EXIT_DONE};
    struct ask_sequence sequence;

    int error = ask_parse(&sequence, "way.ask", (const char *)bytes, size, &problem);
    if (error) {
        require(error == EXIT_USAGE && strncmp(problem.what, "way.ask:", 8) == 0);
        require(problem.try_this[0] != '\0');
    } else {
        check(&sequence);
    }
    return 0;
}
