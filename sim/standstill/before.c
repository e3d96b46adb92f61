// before.c: says which register was polled in vain before the application got where it is.
// SPDX-License-Identifier: MIT
#include "before.h"

#include <stdio.h>
#include <string.h>

enum { REGISTER_ROOM = 256, TIME_ROOM = 48, US_IN_A_MS = 1000 };

// Nobody models it, and the row says nothing of its bits either: it behaves as memory.
static bool is_memory(const struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->unmodelled.count; i++) {
        const struct unmodelled_word *word = &chip->unmodelled.list[i];
        if (word->address == address) {
            return !word->has_bits;
        }
    }
    return false;
}

// "RCC_CR.HSERDY", "bit 31 of 0x40012008 (not modelled)"
static void name_bits(const struct chip *chip, const struct polled *polled,
                      char text[REGISTER_ROOM])
{
    const char *lacks = is_memory(chip, polled->address) ? " (not modelled)" : "";

    if (!polled->bit[0]) {
        snprintf(text, REGISTER_ROOM, "%.60s%s", polled->name, lacks);
    } else if (register_bits_are_one_name(polled->bit)) {
        snprintf(text, REGISTER_ROOM, "%.60s.%.120s%s", polled->name, polled->bit, lacks);
    } else {
        snprintf(text, REGISTER_ROOM, "%.120s of %.60s%s", polled->bit, polled->name, lacks);
    }
}

static void name_time(const struct polled *polled, char text[TIME_ROOM])
{
    if (polled->us < US_IN_A_MS) {
        snprintf(text, TIME_ROOM, "%llu us", (unsigned long long)polled->us);
    } else {
        snprintf(text, TIME_ROOM, "%.4g ms", (double)polled->us / US_IN_A_MS);
    }
}

void before_say(const struct chip *chip, struct polled *polled)
{
    char bits[REGISTER_ROOM], time[TIME_ROOM], place[WHERE_PLACE + 4] = "";
    uint32_t mask = polled->mask;
    bool one = mask && !(mask & (mask - 1));

    name_bits(chip, polled, bits);
    name_time(polled, time);
    if (polled->function[0]) {
        snprintf(place, sizeof place, " in %s", polled->function);
    }
    if (one) {
        snprintf(polled->text, sizeof polled->text, "%s was polled%s for %s, and nothing %s it",
                 bits, place, time, polled->value & mask ? "cleared" : "set");
    } else {
        snprintf(polled->text, sizeof polled->text, "%s %s polled%s for %s, and stayed 0x%08X",
                 bits, strchr(bits, ',') ? "were" : "was", place, time,
                 (unsigned)(mask ? polled->value & mask : polled->value));
    }
}
