// modem_sequence.c: reads a sequence for DTR and RTS, and takes its steps.
// SPDX-License-Identifier: MIT
#include "modem_sequence.h"

#include "modem_preset.h"
#include "monotonic.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int wrong(const char *at, const char *why, struct problem *problem)
{
    const char *name = at + (*at == '-');
    bool is_stm32flash = strncmp(name, "rts", 3) == 0 || strncmp(name, "dtr", 3) == 0;

    return problem_set(problem, EXIT_USAGE,
                       is_stm32flash && name[3] != '='
                           ? "rts=0,100ms,dtr=1 for what stm32flash writes as -rts,dtr"
                           : "steps such as rts=0,dtr=1,100ms,dtr=0 (1: asserted, pin low), or a "
                             "name of --help",
                       "--dtr-rts at \"%.*s\": %s", (int)strcspn(at, ",:"), at, why);
}

// "dtr=1". Moves on past it. False where it is something else.
static bool read_line(struct modem_step *step, const char **at)
{
    static const struct {
        const char *name;
        unsigned line;
    } lines[] = {{"dtr=", SERIAL_DTR}, {"rts=", SERIAL_RTS}};

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *value = *at + strlen(lines[i].name);
        if (strncmp(*at, lines[i].name, strlen(lines[i].name)) == 0 &&
            (*value == '0' || *value == '1') && !(step->lines & lines[i].line)) {
            step->lines |= lines[i].line;
            step->asserted |= *value == '1' ? lines[i].line : 0;
            *at = value + 1;
            return true;
        }
    }
    return false;
}

static bool is_end(char character)
{
    return character == '\0' || character == ',' || character == ':';
}

// One step; moves on past it.
static int read_step(struct modem_step *step, const char **at, struct problem *problem)
{
    const char *start = *at;
    char *end;

    *step = (struct modem_step){.ms = 0};
    if (**at >= '0' && **at <= '9') {
        unsigned long ms = strtoul(*at, &end, 10);
        if (strncmp(end, "ms", 2) != 0 || !is_end(end[2])) {
            return wrong(start, "a time is a number and \"ms\"", problem);
        }
        if (ms > MODEM_WAIT_MOST_MS) {
            return wrong(start, "more than a minute", problem);
        }
        step->ms = (unsigned)ms;
        *at = end + 2;
        return 0;
    }
    while (read_line(step, at)) {
        if (**at != '+') {
            return is_end(**at)
                       ? 0
                       : wrong(start, "behind a line comes \",\", \"+\" or \":\"", problem);
        }
        (*at)++;
    }
    return wrong(start, "is neither a step nor a name", problem);
}

// Up to a colon or the end.
static int read_steps(struct modem_steps *steps, const char **at, struct problem *problem)
{
    while (!is_end(**at)) {
        if (steps->count == MODEM_STEPS) {
            return wrong(*at, "too many steps", problem);
        }
        int error = read_step(&steps->steps[steps->count], at, problem);
        if (error) {
            return error;
        }
        steps->count++;
        if (**at == ',' && is_end((*at)[1])) {
            break; // nothing behind it
        }
        *at += **at == ',';
    }
    return **at == ',' ? wrong(*at, "a step is missing", problem) : 0;
}

int modem_sequence_parse(struct modem_sequence *sequence, const char *text, struct problem *problem)
{
    const struct modem_preset *preset = modem_preset_find(text);
    const char *at = preset ? preset->sequence : text;

    *sequence = (struct modem_sequence){.enter = {.count = 0}};
    int error = read_steps(&sequence->enter, &at, problem);
    if (error == 0 && *at == ':') {
        at++;
        error = read_steps(&sequence->leave, &at, problem);
    }
    if (error == 0 && *at) {
        error = wrong(at, "there is one colon at most", problem);
    }
    if (error == 0 && sequence->enter.count == 0) {
        error = wrong(text, "there is no step that enters", problem);
    }
    return error;
}

int modem_steps_take(const struct modem_steps *steps, struct serial *line, struct problem *problem)
{
    int error = 0;

    for (unsigned i = 0; error == 0 && i < steps->count; i++) {
        const struct modem_step *step = &steps->steps[i];
        if (step->lines) {
            error = serial_set_lines(line, step->lines, step->asserted, problem);
        } else {
            monotonic_sleep_ms(step->ms);
        }
    }
    return error;
}
