// problem.c: fills in one problem.
// SPDX-License-Identifier: MIT
#include "problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WHOLE = 8192 };

// A path may be longer than a message: then the middle is left out, because why it went wrong
// stands at the end.
static void shorten(char *text, size_t size, const char *whole)
{
    static const char gap[] = "...";
    size_t length = strlen(whole), head = size / 2;
    size_t tail = size - 1 - head - (sizeof gap - 1);

    if (length < size) {
        memcpy(text, whole, length + 1);
        return;
    }
    memcpy(text, whole, head);
    memcpy(text + head, gap, sizeof gap - 1);
    memcpy(text + head + sizeof gap - 1, whole + length - tail, tail + 1);
}

const char *fault_word(enum fault fault)
{
    static const char *const words[FAULT_COUNT] = {
        [FAULT_UNKNOWN] = "unknown",         [FAULT_CALLER] = "caller", [FAULT_FILE] = "file",
        [FAULT_COMPUTER] = "computer",       [FAULT_LINE] = "line",     [FAULT_CHIP] = "chip",
        [FAULT_APPLICATION] = "application",
    };

    return words[fault];
}

static enum fault usual_fault(enum exit_code code)
{
    switch (code) {
    case EXIT_USAGE:
    case EXIT_SEVERAL_DEVICES:
        return FAULT_CALLER;
    case EXIT_NO_DEVICE:
        return FAULT_LINE;
    case EXIT_REFUSED:
    case EXIT_VERIFY:
        return FAULT_CHIP;
    case EXIT_FINDINGS:
        return FAULT_APPLICATION;
    default:
        return FAULT_UNKNOWN;
    }
}

int problem_set(struct problem *problem, enum exit_code code, const char *try_this,
                const char *format, ...)
{
    char whole[WHOLE];
    va_list arguments;

    problem->code = code;
    problem->fault = usual_fault(code);
    snprintf(problem->try_this, sizeof problem->try_this, "%s", try_this ? try_this : "");
    va_start(arguments, format);
    vsnprintf(whole, sizeof whole, format, arguments);
    va_end(arguments);
    shorten(problem->what, sizeof problem->what, whole);
    return (int)code;
}

int problem_no_memory(struct problem *problem, const char *format, ...)
{
    char what[WHOLE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    problem_set(problem, EXIT_FAILED, "fewer programs at once", "%s: out of memory", what);
    return problem_blame(problem, FAULT_COMPUTER);
}

int problem_blame(struct problem *problem, enum fault fault)
{
    problem->fault = fault;
    return (int)problem->code;
}
