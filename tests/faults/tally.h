// tally.h: counts texts, and prints them by how often they came.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_TALLY_H
#define BOOTLEAP_TESTS_TALLY_H

#include <stdio.h>

enum { TALLY_TEXTS = 64, TALLY_TEXT_BYTES = 200 };

struct tally {
    struct {
        char text[TALLY_TEXT_BYTES];
        unsigned count;
    } texts[TALLY_TEXTS];
    unsigned used;
};

// Texts that differ in their numbers only are the same one.
void tally_add(struct tally *tally, const char *text);
void tally_print(const struct tally *tally, FILE *out, const char *indent);

#endif
