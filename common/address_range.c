// address_range.c: reads a range of memory.
// SPDX-License-Identifier: MIT
#include "address_range.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

// A number that ends at `end`; *text is moved past it.
static int number(const char **text, char end, uint32_t *value)
{
    char *after;

    errno = 0;
    if (**text < '0' || **text > '9') { // strtoull would take "-1" and " 1"
        return -1;
    }
    int base = (*text)[0] == '0' && ((*text)[1] == 'x' || (*text)[1] == 'X') ? 16 : 10;
    unsigned long long read = strtoull(*text, &after, base);
    *value = (uint32_t)read;
    if (errno || read > UINT32_MAX || *after != end) {
        return -1;
    }
    *text = after + (end != '\0');
    return 0;
}

int address_range_parse(struct address_range *range, const char *option, const char *text,
                        struct problem *problem)
{
    const char *at = text;

    if (number(&at, '+', &range->start) || number(&at, '\0', &range->size) || range->size == 0 ||
        range->size - 1 > UINT32_MAX - range->start) {
        problem_set(problem, EXIT_USAGE, NULL, "%s %s: not an address, \"+\" and a length in bytes",
                    option, text);
        snprintf(problem->try_this, sizeof problem->try_this, "%s 0x0800F800+0x800", option);
        return EXIT_USAGE;
    }
    return 0;
}
