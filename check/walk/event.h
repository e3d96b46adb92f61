// event.h: what happened on the way of a walk, as a list that branching walks share.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_EVENT_H
#define BOOTLEAP_CHECK_EVENT_H

#include "value.h"

#include <stdbool.h>
#include <stdint.h>

// A call that has not returned. The same calls are the same frame.
struct frame {
    const struct frame *caller; // NULL: the function where the walk began
    uint32_t call;              // address of the BL
    uint32_t callee;            // 0: through a pointer
    uint32_t back;              // where it returns to
    unsigned depth;
};

enum event_kind {
    EVENT_STORE, // `value` to the peripheral register at `address`
    EVENT_MSP,   // `value` into MSP; `address` is 1 where by MOV SP or LDR SP
    EVENT_PSP,
    EVENT_CONTROL,
    EVENT_MASK,      // `address` is enum special_register
    EVENT_LIMIT,     // the same: MSPLIM, PSPLIM
    EVENT_NEW_STACK, // the instruction reads or writes memory through a stack of the ROM
    EVENT_CALL,      // of the function at `address`
    EVENT_UNKNOWN,   // a call that the walk did not follow: through a pointer, or too deep
    EVENT_CHECK,     // a branch taken because the word at `address` is, or is not, value.bits
                     // under value.known; `is_equal`
    EVENT_WIDENED,   // a loop was left without an end in sight
    EVENT_RAM,       // `value` to a word of RAM that the walk was told to watch, at `address`
    EVENT_ISB,
};

struct event {
    const struct event *before; // NULL: it is the first
    unsigned number;            // they count up along a walk
    enum event_kind kind;
    uint32_t pc, address;
    struct value value;
    bool is_equal;
    const struct frame *frames;
};

#endif
