// causes_parts.c: collects causes, and puts them into words.
// SPDX-License-Identifier: MIT
#include "causes_parts.h"

#include <stdarg.h>
#include <stdio.h>

struct cause *causes_add(struct causes *causes, uint32_t address, uint32_t bits)
{
    if (causes->count == CAUSES_MOST) {
        causes->left_out++;
        return NULL;
    }
    causes->list[causes->count] =
        (struct cause){.address = address, .bits = bits, .before_jump = true};
    return &causes->list[causes->count++];
}

void cause_so(struct cause *cause, const char *format, ...)
{
    va_list arguments;

    if (cause) {
        va_start(arguments, format);
        vsnprintf(cause->so, sizeof cause->so, format, arguments);
        va_end(arguments);
    }
}

void cause_cure(struct cause *cause, const char *format, ...)
{
    va_list arguments;

    if (cause) {
        va_start(arguments, format);
        vsnprintf(cause->cure, sizeof cause->cure, format, arguments);
        va_end(arguments);
    }
}

void cause_why(struct cause *cause, const char *why)
{
    if (cause) {
        cause->why = why;
    }
}
