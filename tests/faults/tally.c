// tally.c: counts texts whose numbers do not matter.
// SPDX-License-Identifier: MIT
#include "tally.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void shorten(const char *text, char shortened[TALLY_TEXT_BYTES])
{
    size_t length = 0;

    while (*text && length + 2 < TALLY_TEXT_BYTES) {
        if (!isdigit((unsigned char)*text)) {
            shortened[length++] = *text++;
            continue;
        }
        shortened[length++] = '#';
        while (isalnum((unsigned char)*text)) {
            text++;
        }
    }
    shortened[length] = '\0';
}

void tally_add(struct tally *tally, const char *text)
{
    char shortened[TALLY_TEXT_BYTES];
    unsigned i = 0;

    shorten(text, shortened);
    while (i < tally->used && strcmp(tally->texts[i].text, shortened) != 0) {
        i++;
    }
    if (i == TALLY_TEXTS) { // the last place holds what has none
        i--;
    } else if (i == tally->used) {
        memcpy(tally->texts[i].text, shortened, sizeof shortened);
        tally->used++;
    }
    tally->texts[i].count++;
}

void tally_print(const struct tally *tally, FILE *out, const char *indent)
{
    for (unsigned most = ~0u, next; most; most = next) {
        next = 0;
        for (unsigned i = 0; i < tally->used; i++) {
            unsigned count = tally->texts[i].count;
            if (count == most) {
                fprintf(out, "%s%6u  %s\n", indent, count, tally->texts[i].text);
            } else if (count < most && count > next) {
                next = count;
            }
        }
    }
}
