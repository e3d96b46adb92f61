// touches.c: keeps the list of touched, unmodelled registers.
// SPDX-License-Identifier: MIT
#include "touches.h"

#include <stdlib.h>

struct touch *touches_at(struct touches *touches, uint32_t address, uint32_t pc)
{
    address &= ~3u;
    for (size_t i = 0; i < touches->count; i++) {
        if (touches->list[i].address == address) {
            return &touches->list[i];
        }
    }
    if (touches->count == touches->room) {
        size_t room = touches->room ? 2 * touches->room : 64;
        struct touch *list = realloc(touches->list, room * sizeof *list);
        if (!list) {
            return NULL;
        }
        touches->list = list;
        touches->room = room;
    }
    touches->list[touches->count] = (struct touch){.address = address, .pc = pc};
    return &touches->list[touches->count++];
}

void touches_reset(struct touches *touches)
{
    for (size_t i = 0; i < touches->count; i++) {
        touches->list[i].value = 0;
        touches->list[i].written = false;
    }
    touches->resets_set = touches->resets_pulsed = 0;
}

void touches_pulse(struct touches *touches, uint32_t bit, uint32_t all, bool set)
{
    if (set) {
        touches->resets_set |= bit;
        return;
    }
    touches->resets_pulsed |= touches->resets_set & bit;
    touches->resets_set &= ~bit;
    if (all && touches->resets_pulsed == all) {
        touches_reset(touches);
    }
}

void touches_close(struct touches *touches)
{
    free(touches->list);
    *touches = (struct touches){0};
}
