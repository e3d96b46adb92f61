// address_range.c: reads a range of memory.
// SPDX-License-Identifier: MIT
#include "address_range.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { KILOBYTE = 1024, LINE_BYTES = 64 };

// A number at the start of *text, which is moved past it.
static bool number(const char **text, uint32_t *value)
{
    char *after;

    errno = 0;
    if (**text < '0' || **text > '9') { // strtoull would take "-1" and " 1"
        return false;
    }
    int base = (*text)[0] == '0' && ((*text)[1] == 'x' || (*text)[1] == 'X') ? 16 : 10;
    unsigned long long read = strtoull(*text, &after, base);
    *value = (uint32_t)read;
    *text = after;
    return errno == 0 && read <= UINT32_MAX;
}

// "K" behind a length.
static bool kilobytes(const char **text, uint32_t *size)
{
    if (**text != 'K' && **text != 'k') {
        return true;
    }
    (*text)++;
    bool fits = *size <= UINT32_MAX / KILOBYTE;
    *size *= KILOBYTE;
    return fits;
}

// What would be read: the range itself, where it was written as "FIRST-LAST".
static void suggest(const char *option, const char *text, struct problem *problem)
{
    uint32_t first, last;
    char line[LINE_BYTES];

    snprintf(line, sizeof line, "%s 0x0800F800+0x800", option);
    if (number(&text, &first) && *text++ == '-' && number(&text, &last) && *text == '\0' &&
        last >= first && last - first < UINT32_MAX) {
        snprintf(line, sizeof line, "%s 0x%08X+0x%X", option, first, last - first + 1);
    }
    snprintf(problem->try_this, sizeof problem->try_this, "%s", line);
}

static bool parse(struct address_range *range, const char *text)
{
    return number(&text, &range->start) && (*text == '+' || *text == ':') && text++ &&
           number(&text, &range->size) && kilobytes(&text, &range->size) && *text == '\0';
}

int address_range_parse(struct address_range *range, const char *option, const char *text,
                        struct problem *problem)
{
    if (!parse(range, text) || range->size == 0) {
        problem_set(problem, EXIT_USAGE, NULL, "%s %s: not an address, \"+\" and a length in bytes",
                    option, text);
        suggest(option, text, problem);
        return EXIT_USAGE;
    }
    if (range->size - 1 > UINT32_MAX - range->start) {
        problem_set(problem, EXIT_USAGE, NULL, "%s %s: it goes beyond the last address, 0xFFFFFFFF",
                    option, text);
        snprintf(problem->try_this, sizeof problem->try_this, "%s 0x%08X+LEN, at most 0x%X bytes",
                 option, range->start, UINT32_MAX - range->start + 1);
        return EXIT_USAGE;
    }
    return 0;
}
