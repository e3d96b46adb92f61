// option_parsers.c: the values that most options have: flags, texts, numbers, words of a list.
// SPDX-License-Identifier: MIT
#include "option_table.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void *place_of(void *request, const struct option_row *row)
{
    return (char *)request + row->place;
}

int option_flag(void *request, const struct option_row *row, const char *text,
                struct problem *problem)
{
    bool *flag = place_of(request, row);

    (void)text;
    (void)problem;
    *flag = true;
    return 0;
}

int option_text(void *request, const struct option_row *row, const char *text,
                struct problem *problem)
{
    const char **kept = place_of(request, row);

    (void)problem;
    *kept = text;
    return 0;
}

// Decimal, or hexadecimal with 0x.
static int read_number(uint64_t *number, const struct option_row *row, const char *text,
                       struct problem *problem)
{
    char range[64];
    char *end;

    snprintf(range, sizeof range, "a number from %" PRIu64 " to %" PRIu64, row->least, row->most);
    errno = 0;
    *number = strtoull(text, &end, 0);
    if (!isdigit((unsigned char)text[0]) || *end) { // a sign or a space is none
        return problem_set(problem, EXIT_USAGE, range, "--%s: %s is not a number", row->name, text);
    }
    if (errno == ERANGE || *number < row->least || *number > row->most) {
        return problem_set(problem, EXIT_USAGE, range, "--%s: %s is out of range", row->name, text);
    }
    return 0;
}

int option_unsigned(void *request, const struct option_row *row, const char *text,
                    struct problem *problem)
{
    unsigned *kept = place_of(request, row);
    uint64_t number = 0;
    int error = read_number(&number, row, text, problem);

    if (!error) {
        *kept = (unsigned)number;
    }
    return error;
}

int option_uint64(void *request, const struct option_row *row, const char *text,
                  struct problem *problem)
{
    uint64_t *kept = place_of(request, row);
    uint64_t number = 0;
    int error = read_number(&number, row, text, problem);

    if (!error) {
        *kept = number;
    }
    return error;
}

// "one of: reset, direct", or where they are to be found if they are more than there is room for.
static void name_words(char *text, size_t size, const struct option_row *row)
{
    size_t used = (size_t)snprintf(text, size, "one of: ");

    for (unsigned i = 0; row->words(i); i++) {
        const char *word = row->words(i);
        if (used + strlen(word) + 3 > size) {
            snprintf(text, size, "`--help` of this verb lists them");
            return;
        }
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", word);
    }
}

int option_word(unsigned *number, const struct option_row *row, const char *text,
                struct problem *problem)
{
    char words[sizeof problem->try_this];

    for (unsigned i = 0; row->words(i); i++) {
        if (strcmp(row->words(i), text) == 0) {
            *number = i;
            return 0;
        }
    }
    name_words(words, sizeof words, row);
    return problem_set(problem, EXIT_USAGE, words, "--%s %s: no %s is called that", row->name, text,
                       row->name);
}
