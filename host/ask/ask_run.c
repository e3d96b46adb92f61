// ask_run.c: sends, awaits and undoes the steps of a sequence.
// SPDX-License-Identifier: MIT
#include "ask_run.h"

#include "escape.h"
#include "monotonic.h"

#include <stdio.h>
#include <string.h>

enum { HEARD_BYTES = 1024, SHOWN_BYTES = 64 };

struct run {
    const struct ask_sequence *sequence;
    struct serial *line;
    unsigned step; // the one that is done
    struct problem *problem;
};

// What was heard since the step began: the end of it, where that is long.
struct heard {
    char bytes[HEARD_BYTES];
    size_t count;
};

enum answer { ANSWER_CAME, ANSWER_MISSING, ANSWER_GONE };

static const struct ask_step *step_of(const struct run *run)
{
    return &run->sequence->steps[run->step];
}

static int send(const struct run *run, const struct ask_step *step)
{
    return serial_write(run->line, ask_text(run->sequence, &step->text), step->text.length);
}

// What was sent last, for messages: "nothing" before the first.
static void show_sent(const struct run *run, char text[SHOWN_BYTES])
{
    snprintf(text, SHOWN_BYTES, "nothing");
    for (unsigned i = 0; i <= run->step && i < run->sequence->step_count; i++) {
        const struct ask_step *step = &run->sequence->steps[i];
        if (step->kind == ASK_STEP_SEND) {
            char bytes[SHOWN_BYTES - 2];
            escape_write(bytes, sizeof bytes, ask_text(run->sequence, &step->text),
                         step->text.length);
            snprintf(text, SHOWN_BYTES, "\"%s\"", bytes);
        }
    }
}

// Returns what to say of it.
static const char *undo(const struct run *run)
{
    const char *said = "";

    for (unsigned i = run->step; i-- > 0;) {
        const struct ask_step *step = &run->sequence->steps[i];
        if (step->kind == ASK_STEP_UNDO && send(run, step) == 0) {
            said = "; it was told to go on";
        }
    }
    return said;
}

static int gone(const struct run *run)
{
    char sent[SHOWN_BYTES];

    for (unsigned i = run->step; i < run->sequence->step_count; i++) {
        enum ask_step_kind kind = run->sequence->steps[i].kind;
        if (kind == ASK_STEP_SEND || kind == ASK_STEP_TOUCH) {
            show_sent(run, sent);
            return problem_set(run->problem, EXIT_FAILED, "check the cable; bootleap list",
                               "ask %s at %s: the port is gone, the last that was sent is %s",
                               run->sequence->name, serial_port(run->line), sent);
        }
    }
    return 0;
}

// Where the text is that is looked for, or NULL. There may be NULs.
static const char *find(const struct heard *heard, const char *text, size_t length)
{
    for (size_t i = 0; i + length <= heard->count; i++) {
        if (memcmp(heard->bytes + i, text, length) == 0) {
            return heard->bytes + i;
        }
    }
    return NULL;
}

static enum answer listen(const struct run *run, struct heard *heard)
{
    const struct ask_step *step = step_of(run);
    const uint64_t end = monotonic_ms() + step->ms;
    uint64_t now;

    while ((now = monotonic_ms()) < end) {
        uint8_t byte;
        int got = serial_read(run->line, &byte, 1, (unsigned)(end - now));
        if (got < 0) {
            return ANSWER_GONE;
        }
        if (got == 0) {
            continue;
        }
        if (heard->count == HEARD_BYTES) {
            heard->count = HEARD_BYTES / 2;
            memmove(heard->bytes, heard->bytes + HEARD_BYTES - heard->count, heard->count);
        }
        heard->bytes[heard->count++] = (char)byte;
        if (find(heard, ask_text(run->sequence, &step->text), step->text.length)) {
            return ANSWER_CAME;
        }
    }
    return ANSWER_MISSING;
}

static int missing(const struct run *run, const struct heard *heard)
{
    const struct ask_step *step = step_of(run);
    const char *name = run->sequence->name;
    char sent[SHOWN_BYTES], got[SHOWN_BYTES], wanted[SHOWN_BYTES];
    size_t blanks = 0; // before the first that can be seen

    while (blanks < heard->count && (unsigned char)heard->bytes[blanks] <= ' ') {
        blanks++;
    }
    show_sent(run, sent);
    escape_write(wanted, sizeof wanted, ask_text(run->sequence, &step->text), step->text.length);
    const char *undone = undo(run);
    if (heard->count == 0) {
        return problem_set(run->problem, EXIT_NO_DEVICE,
                           "another port (bootleap list); --app-baud as the application has it; "
                           "another way to --ask",
                           "ask %s at %s: sent %s, and nothing comes within %u ms, instead of "
                           "\"%s\"%s",
                           name, serial_port(run->line), sent, step->ms, wanted, undone);
    }
    blanks = blanks < heard->count ? blanks : 0;
    escape_write(got, sizeof got, heard->bytes + blanks, heard->count - blanks);
    return problem_set(run->problem, EXIT_FAILED,
                       "another way to --ask, if another application runs; --app-baud as it has it",
                       "ask %s at %s: sent %s, and it answers \"%s\" within %u ms, without "
                       "\"%s\"%s",
                       name, serial_port(run->line), sent, got, step->ms, wanted, undone);
}

static int expect(const struct run *run)
{
    struct heard heard = {.count = 0};

    switch (listen(run, &heard)) {
    case ANSWER_CAME:
        return 0;
    case ANSWER_GONE:
        return gone(run);
    default:
        return missing(run, &heard);
    }
}

static int do_step(const struct run *run)
{
    const struct ask_step *step = step_of(run);

    switch (step->kind) {
    case ASK_STEP_SEND:
        return send(run, step) == 0 ? 0 : gone(run);
    case ASK_STEP_EXPECT:
        return expect(run);
    case ASK_STEP_WAIT:
        monotonic_sleep_ms(step->ms);
        return 0;
    case ASK_STEP_TOUCH:
        return serial_touch(run->line, step->baud, run->problem);
    default:
        return 0; // what undoes is for later
    }
}

int ask_refuse(const struct ask_sequence *sequence, struct problem *problem)
{
    return problem_set(problem, EXIT_USAGE, ask_text(sequence, &sequence->advice), "--ask %s: %s",
                       sequence->name, ask_text(sequence, &sequence->refusal));
}

int ask_run(const struct ask_sequence *sequence, struct serial *line, struct problem *problem)
{
    struct run run = {.sequence = sequence, .line = line, .problem = problem};

    if (sequence->refusal.length) {
        return ask_refuse(sequence, problem);
    }
    for (; run.step < sequence->step_count; run.step++) {
        int error = do_step(&run);
        if (error) {
            return error;
        }
    }
    return 0;
}
