// word_distance.h: how far a mistyped word is from one that exists.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_WORD_DISTANCE_H
#define BOOTLEAP_COMMON_WORD_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>

// How many letters have to be changed, added, left out, or exchanged with their neighbour to make
// one word of the other. Letters behind the 31st do not count.
size_t word_distance(const char *one, const char *other);

// Whether `typed` may have been meant for `word`: one wrong letter in three, and two at most.
bool word_is_near(const char *typed, const char *word);

#endif
