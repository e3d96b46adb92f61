// device_typed.c: takes the part from a name that people type, and compares it with patterns.
// SPDX-License-Identifier: MIT
#include "device_typed.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char st[] = "STM32";

// F429, H7S7: without so many letters there is no line in the name of a board.
enum { LINE_LETTERS = 4, TYPED_MOST = DEVICE_NAME_BYTES - (int)sizeof st };

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

bool device_same_name(const char *a, const char *b)
{
    while (*a != '\0' && same_letter(*a, *b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

bool device_letter_fits(char pattern, char letter)
{
    return pattern == 'x' ? isalnum((unsigned char)letter) : same_letter(pattern, letter);
}

size_t device_pattern_fits(const char *name, const char *pattern)
{
    size_t same = 0;
    while (*name != '\0' && *pattern != '\0') {
        if (!device_letter_fits(*pattern, *name)) {
            return 0;
        }
        same += *pattern != 'x';
        name++;
        pattern++;
    }
    while (*pattern == 'x') {
        pattern++;
    }
    while (isalnum((unsigned char)*name)) {
        name++;
    }
    return *name == '\0' && *pattern == '\0' ? same : 0;
}

bool device_name_begins(const char *name, const char *prefix)
{
    while (*prefix != '\0' && same_letter(*name, *prefix)) {
        name++;
        prefix++;
    }
    return *prefix == '\0';
}

// What follows this prefix; the whole name where it does not begin so.
static const char *behind(const char *name, const char *prefix)
{
    return device_name_begins(name, prefix) ? name + strlen(prefix) : name;
}

bool device_is_board(const char *name)
{
    static const char *const tails[] = {"-DISC", "-DK", "-EVAL"};
    const char *tail = name + strcspn(name, "-");
    bool found = device_name_begins(name, "B-");

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        found |= device_name_begins(tail, tails[i]);
    }
    return found;
}

static int at_most(size_t length)
{
    return length < TYPED_MOST ? (int)length : TYPED_MOST;
}

void device_typed_name(const char *name, char typed[DEVICE_NAME_BYTES])
{
    const char *nucleo = behind(behind(name, "P-"), "NUCLEO-");
    const char *part = behind(behind(name, "B-"), st);
    int line = at_most(strcspn(part, "-"));

    if (device_name_begins(behind(name, "P-"), "NUCLEO-")) {
        snprintf(typed, DEVICE_NAME_BYTES, "%s%.*s", st, at_most(strcspn(nucleo, "-")), nucleo);
    } else if (device_is_board(name) && line == LINE_LETTERS) {
        snprintf(typed, DEVICE_NAME_BYTES, "%s%.*s", st, line, part);
    } else if (device_is_board(name) && line > LINE_LETTERS) {
        snprintf(typed, DEVICE_NAME_BYTES, "%s%.*sx%c", st, line - 1, part, part[line - 1]);
    } else {
        snprintf(typed, DEVICE_NAME_BYTES, "%s%.*s", st, at_most(strlen(name)), behind(name, st));
    }
}
