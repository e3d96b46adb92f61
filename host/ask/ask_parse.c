// ask_parse.c: reads the text of a sequence, a line a step.
// SPDX-License-Identifier: MIT
#include "ask_parse.h"

#include "escape.h"

#include <stdio.h>
#include <string.h>

enum {
    LINE_BYTES = 512,
    EXPECT_MS = 1000, // where the line names no time
    MOST_MS = 60000,
    MOST_BAUD = 100000000,
    TOUCH_BAUD = 1200,
};

struct reader {
    struct ask_sequence *sequence;
    const char *origin;
    unsigned line; // its number
    const char *at;
    struct problem *problem;
};

static int refuse(const struct reader *reader, const char *try_this, const char *why)
{
    return problem_set(reader->problem, EXIT_USAGE, try_this, "%s:%u: %s", reader->origin,
                       reader->line, why);
}

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t\r");
}

static bool at_end(struct reader *reader)
{
    skip_blanks(reader);
    return *reader->at == '\0' || *reader->at == '#';
}

static int add_byte(const struct reader *reader, int byte)
{
    struct ask_sequence *sequence = reader->sequence;

    if (sequence->text_used == ASK_TEXT_BYTES) {
        return refuse(reader, "fewer or shorter texts", "all texts have more than 2048 bytes");
    }
    sequence->text[sequence->text_used++] = (char)byte;
    return 0;
}

// A text in quotes, escapes resolved.
static int take_text(struct reader *reader, struct ask_text *text)
{
    const size_t start = reader->sequence->text_used;
    int error = 0;

    if (at_end(reader) || *reader->at != '"') {
        return refuse(reader, "send \"boot\\n\"", "a text in \" \" must follow");
    }
    reader->at++;
    while (!error && *reader->at && *reader->at != '"') {
        int byte = escape_read(&reader->at);
        error = byte < 0 ? refuse(reader, ESCAPE_HELP, "an escape that does not exist")
                         : add_byte(reader, byte);
    }
    if (error) {
        return error;
    }
    if (*reader->at++ != '"') {
        return refuse(reader, "\" behind it, on the same line", "the text does not end");
    }
    *text = (struct ask_text){(uint16_t)start, (uint16_t)(reader->sequence->text_used - start)};
    return text->length ? add_byte(reader, '\0')
                        : refuse(reader, "one character at least", "the text is empty");
}

// A number and its unit, which may be "".
static int take_number(struct reader *reader, unsigned most, const char *example, unsigned *number,
                       char unit[4])
{
    int used = 0;

    skip_blanks(reader);
    *unit = '\0';
    // Nine digits always fit.
    if (sscanf(reader->at, "%9u%n", number, &used) != 1 || *reader->at == '-' ||
        *reader->at == '+') {
        return refuse(reader, example, "a number must follow");
    }
    reader->at += used;
    if (sscanf(reader->at, "%3[a-z]%n", unit, &used) == 1) {
        reader->at += used;
    }
    return *number > 0 && *number <= most ? 0
                                          : refuse(reader, example, "the number is out of range");
}

static int take_time(struct reader *reader, unsigned *ms)
{
    char unit[4];
    int error = take_number(reader, MOST_MS, "a time as 500ms or 2s, 60s at most", ms, unit);

    if (error) {
        return error;
    }
    if (strcmp(unit, "s") == 0 && *ms <= MOST_MS / 1000) {
        *ms *= 1000;
        return 0;
    }
    return strcmp(unit, "ms") == 0
               ? 0
               : refuse(reader, "a time as 500ms or 2s, 60s at most", "the time has no such unit");
}

static int take_baud(struct reader *reader, unsigned *baud)
{
    char unit[4];
    int error = take_number(reader, MOST_BAUD, "115200", baud, unit);

    return error || *unit == '\0' ? error : refuse(reader, "115200", "the baud rate has no unit");
}

static int add_step(const struct reader *reader, const struct ask_step *step)
{
    struct ask_sequence *sequence = reader->sequence;
    unsigned count = sequence->step_count;

    if (count == ASK_STEPS) {
        return refuse(reader, "fewer steps", "there are more than 32 steps");
    }
    if (sequence->detaches) {
        return refuse(reader, "a file of its own for detach", "detach has to be the only step");
    }
    if (count && sequence->steps[count - 1].kind == ASK_STEP_TOUCH) {
        return refuse(reader, "touch as the last line",
                      "nothing can follow a touch, which closes the port");
    }
    sequence->steps[sequence->step_count++] = *step;
    return 0;
}

static int read_name(struct reader *reader)
{
    struct ask_text name;
    int error = take_text(reader, &name);

    if (error) {
        return error;
    }
    if (name.length >= ASK_NAME_BYTES) {
        return refuse(reader, "63 characters at most", "the name is too long");
    }
    memcpy(reader->sequence->name, ask_text(reader->sequence, &name), name.length + 1U);
    return 0;
}

static int read_help(struct reader *reader)
{
    return take_text(reader, &reader->sequence->help);
}

static int read_rom(struct reader *reader)
{
    return take_text(reader, &reader->sequence->rom);
}

static int read_hint(struct reader *reader)
{
    return take_text(reader, &reader->sequence->hint);
}

static int read_source(struct reader *reader)
{
    struct ask_sequence *sequence = reader->sequence;
    const size_t used = sequence->text_used;
    struct ask_text source;
    int error = take_text(reader, &source);

    sequence->text_used = used; // nobody but a reader of the file needs it
    sequence->source_count++;
    return error;
}

static int read_refuse(struct reader *reader)
{
    int error = take_text(reader, &reader->sequence->refusal);

    return error ? error : take_text(reader, &reader->sequence->advice);
}

static int read_baud(struct reader *reader)
{
    if (reader->sequence->step_count) {
        return refuse(reader, "baud above the first step", "the baud rate is one for all steps");
    }
    return take_baud(reader, &reader->sequence->baud);
}

static int read_send(struct reader *reader)
{
    struct ask_step step = {.kind = ASK_STEP_SEND};
    int error = take_text(reader, &step.text);

    return error ? error : add_step(reader, &step);
}

static int read_undo(struct reader *reader)
{
    struct ask_step step = {.kind = ASK_STEP_UNDO};
    int error = take_text(reader, &step.text);

    return error ? error : add_step(reader, &step);
}

static int read_expect(struct reader *reader)
{
    struct ask_step step = {.kind = ASK_STEP_EXPECT, .ms = EXPECT_MS};
    int error = take_text(reader, &step.text);

    if (error == 0 && !at_end(reader)) {
        error = take_time(reader, &step.ms);
    }
    return error ? error : add_step(reader, &step);
}

static int read_wait(struct reader *reader)
{
    struct ask_step step = {.kind = ASK_STEP_WAIT};
    int error = take_time(reader, &step.ms);

    return error ? error : add_step(reader, &step);
}

static int read_touch(struct reader *reader)
{
    struct ask_step step = {.kind = ASK_STEP_TOUCH, .baud = TOUCH_BAUD};
    int error = at_end(reader) ? 0 : take_baud(reader, &step.baud);

    return error ? error : add_step(reader, &step);
}

static int read_detach(struct reader *reader)
{
    if (reader->sequence->step_count || reader->sequence->detaches) {
        return refuse(reader, "a file of its own for detach", "detach has to be the only step");
    }
    reader->sequence->detaches = true;
    return 0;
}

static const struct {
    const char *word;
    int (*read)(struct reader *reader);
} words[] = {
    {"send", read_send},     {"expect", read_expect}, {"wait", read_wait},     {"undo", read_undo},
    {"touch", read_touch},   {"detach", read_detach}, {"baud", read_baud},     {"name", read_name},
    {"help", read_help},     {"rom", read_rom},       {"source", read_source}, {"hint", read_hint},
    {"refuse", read_refuse},
};

static int read_line(struct reader *reader)
{
    size_t length;

    if (at_end(reader)) {
        return 0;
    }
    length = strcspn(reader->at, " \t\r");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == length && strncmp(words[i].word, reader->at, length) == 0) {
            reader->at += length;
            int error = words[i].read(reader);
            return error || at_end(reader)
                       ? error
                       : refuse(reader, "one step a line", "more follows than the step takes");
        }
    }
    return refuse(reader,
                  "send, expect, wait, undo, touch, detach, baud, name, help, rom, source, hint or "
                  "refuse at the start of the line; # begins a comment",
                  "no step is called that");
}

static int check_whole(const struct reader *reader)
{
    const struct ask_sequence *sequence = reader->sequence;
    bool asks = sequence->detaches;

    for (unsigned i = 0; i < sequence->step_count; i++) {
        asks = asks || sequence->steps[i].kind == ASK_STEP_SEND ||
               sequence->steps[i].kind == ASK_STEP_TOUCH;
    }
    if (asks != (sequence->refusal.length > 0)) {
        return 0;
    }
    return problem_set(reader->problem, EXIT_USAGE, "send \"boot\\n\", touch or detach",
                       asks ? "%s: it has steps, and refuses" : "%s: nothing in it asks anybody",
                       reader->origin);
}

// The next line of the text, without its end; false where it is too long or holds a NUL.
static bool copy_line(char line[LINE_BYTES], const char **next, const char *end)
{
    const char *stop = memchr(*next, '\n', (size_t)(end - *next));
    const size_t length = (size_t)((stop ? stop : end) - *next);
    bool fits = length < LINE_BYTES && memchr(*next, '\0', length) == NULL;

    if (fits) {
        memcpy(line, *next, length);
        line[length] = '\0';
    }
    *next = stop ? stop + 1 : end;
    return fits;
}

int ask_parse(struct ask_sequence *sequence, const char *origin, const char *bytes, size_t size,
              struct problem *problem)
{
    struct reader reader = {.sequence = sequence, .origin = origin, .problem = problem};
    const char *next = bytes, *end = bytes + size;
    char line[LINE_BYTES];
    int error = 0;

    *sequence = (struct ask_sequence){.baud = 0};
    snprintf(sequence->name, sizeof sequence->name, "%s", origin);
    while (error == 0 && next < end) {
        reader.line++;
        reader.at = line;
        error = copy_line(line, &next, end)
                    ? read_line(&reader)
                    : refuse(&reader, "docs/getting-in.md", "this is no line of text");
    }
    return error ? error : check_whole(&reader);
}

const char *ask_text(const struct ask_sequence *sequence, const struct ask_text *text)
{
    return text->length ? sequence->text + text->at : "";
}
