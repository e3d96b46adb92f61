// meetings.h: where ways of a walk meet: at one instruction, in the same calls, alike in the core.
// SPDX-License-Identifier: MIT
//
// What counts is what rules ask of the core: the stack, masks, SysTick, MEM_MODE. Ways that differ
// in it are never joined, so that each can be told to the end.
#ifndef BOOTLEAP_CHECK_MEETINGS_H
#define BOOTLEAP_CHECK_MEETINGS_H

#include "state.h"

#include <stddef.h>

struct meeting {
    const struct frame *frames;
    uint32_t pc, signature;
    unsigned arrivals;
    struct state *joined; // NULL: nobody was here
};

struct meetings {
    struct meeting *table;
    size_t count, room;
};

enum arrival {
    ARRIVAL_GOES_ON, // *state goes on; it may be another one now, that stands for all so far
    ARRIVAL_KNOWN,   // all that it can show was seen; it is freed
    ARRIVAL_FAILED,  // no memory; it is freed
};

// A state comes to its pc. The first two go on as they are; what comes later is joined with all
// that came before.
enum arrival meetings_arrive(struct meetings *meetings, struct state **state);

void meetings_close(struct meetings *meetings);

#endif
