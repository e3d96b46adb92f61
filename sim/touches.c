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
}

void touches_close(struct touches *touches)
{
    free(touches->list);
    *touches = (struct touches){0};
}
