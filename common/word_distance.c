// word_distance.c: counts the letters that differ, after Damerau and Levenshtein.
// SPDX-License-Identifier: MIT
#include "word_distance.h"

#include <string.h>

enum { LETTERS = 31, WRONG_MOST = 2, LETTERS_A_WRONG_ONE = 3 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Of the first i letters of one word to the first j of the other; `before` is the row of i - 1,
// `twice` that of i - 2.
static size_t cell(const char *one, const char *other, size_t i, size_t j, const size_t *twice,
                   const size_t *before, const size_t *row)
{
    size_t best =
        least(before[j - 1] + (one[i - 1] != other[j - 1]), least(before[j], row[j - 1]) + 1);
    bool exchanged = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];

    return exchanged ? least(best, twice[j - 2] + 1) : best;
}

size_t word_distance(const char *one, const char *other)
{
    size_t rows[3][LETTERS + 1];
    size_t width = least(strlen(other), LETTERS), height = least(strlen(one), LETTERS);

    for (size_t j = 0; j <= width; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= height; i++) {
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            row[j] = cell(one, other, i, j, rows[(i + 1) % 3], rows[(i + 2) % 3], row);
        }
    }
    return rows[height % 3][width];
}

bool word_is_near(const char *typed, const char *word)
{
    size_t wrong = word_distance(typed, word);

    return wrong <= WRONG_MOST && wrong * LETTERS_A_WRONG_ONE <= strlen(word);
}
