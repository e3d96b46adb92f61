// unmodelled.c: keeps the list of touched, unmodelled registers.
// SPDX-License-Identifier: MIT
#include "unmodelled.h"

#include <stdlib.h>

struct unmodelled_word *unmodelled_at(struct unmodelled *unmodelled, uint32_t address, uint32_t pc)
{
    address &= ~3u;
    for (size_t i = 0; i < unmodelled->count; i++) {
        if (unmodelled->list[i].address == address) {
            return &unmodelled->list[i];
        }
    }
    if (unmodelled->count == unmodelled->room) {
        size_t room = unmodelled->room ? 2 * unmodelled->room : 64;
        struct unmodelled_word *list = realloc(unmodelled->list, room * sizeof *list);
        if (!list) {
            return NULL;
        }
        unmodelled->list = list;
        unmodelled->room = room;
    }
    unmodelled->list[unmodelled->count] = (struct unmodelled_word){.address = address, .pc = pc};
    return &unmodelled->list[unmodelled->count++];
}

static void reset_word(struct unmodelled_word *word, bool power)
{
    uint32_t kept = power ? 0 : register_lasting_bits(word->known);

    word->value = (word->start & ~kept) | (word->value & kept);
    word->written = false;
}

void unmodelled_reset(struct unmodelled *unmodelled, bool power)
{
    for (size_t i = 0; i < unmodelled->count; i++) {
        reset_word(&unmodelled->list[i], power);
    }
    unmodelled->resets_set = unmodelled->resets_pulsed = 0;
}

void unmodelled_reset_by(struct unmodelled *unmodelled, uint32_t address, uint32_t value)
{
    for (size_t i = 0; i < unmodelled->count; i++) {
        struct unmodelled_word *word = &unmodelled->list[i];
        const struct register_known *known = word->known;
        if (known && known->reset_register == address && known->reset_mask & value) {
            reset_word(word, false);
        }
    }
}

static void reset_unknown_words(struct unmodelled *unmodelled)
{
    for (size_t i = 0; i < unmodelled->count; i++) {
        if (!unmodelled->list[i].known) {
            reset_word(&unmodelled->list[i], false);
        }
    }
    unmodelled->resets_set = unmodelled->resets_pulsed = 0;
}

void unmodelled_note_reset(struct unmodelled *unmodelled, uint32_t bit, uint32_t all, bool set)
{
    if (set) {
        unmodelled->resets_set |= bit;
        return;
    }
    unmodelled->resets_pulsed |= unmodelled->resets_set & bit;
    unmodelled->resets_set &= ~bit;
    if (all && unmodelled->resets_pulsed == all) {
        reset_unknown_words(unmodelled);
    }
}

void unmodelled_close(struct unmodelled *unmodelled)
{
    free(unmodelled->list);
    *unmodelled = (struct unmodelled){0};
}
