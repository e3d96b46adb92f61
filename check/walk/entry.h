// entry.h: a branch into a ROM, with all that the walk knew when it came there.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_ENTRY_H
#define BOOTLEAP_CHECK_ENTRY_H

#include "event.h"
#include "memory.h"
#include "value.h"

#include <stdbool.h>
#include <stdint.h>

enum entry_origin {
    ORIGIN_RESET,       // on the path from the reset vector, with the state after a reset
    ORIGIN_APPLICATION, // in a running application, with everything as it was found
};

enum { NVIC_WORDS = 16 };

// Where a stack pointer that a walk found, and never set, points to: no chip has anything there.
// Stack pointers up to STACK_ROOM below it, and a little above, are still of that stack.
enum { FOUND_STACK = 0x6EF00000, STACK_ROOM = 0x10000 };

// Whether this stack pointer is the one that the walk found, whatever was pushed since.
static inline bool stack_is_found(const struct value *pointer)
{
    return pointer->known == UINT32_MAX && pointer->bits > FOUND_STACK - STACK_ROOM &&
           pointer->bits < FOUND_STACK + STACK_ROOM;
}

// Which stack the code runs on when it reaches the branch.
enum stack_in_use {
    STACK_EITHER,  // nothing decides it
    STACK_MAIN,    // MSP: CONTROL says so, or the program never writes CONTROL or PSP; or assumed
    STACK_PROCESS, // PSP: CONTROL says so, or assumed
};

// The core's registers that a ROM finds, but for R0 to R12.
struct core_state {
    struct value sp;       // of the stack in use
    struct value msp, psp; // of both
    struct value control, primask, faultmask, basepri;
    struct value msplim, psplim;
    struct value enabled[NVIC_WORDS]; // lines of the NVIC
    struct value pending[NVIC_WORDS]; // ... as far as software makes or unmakes them
    struct value remap;   // MEM_MODE as it is in force: writes without a clock do nothing
    bool barrier_missing; // CONTROL was written, and no ISB came since
};

struct rom_entry {
    uint32_t pc; // of the branch
    bool links;  // BLX
    enum entry_origin origin;
    uint32_t root;       // the function where the walk began
    unsigned level;      // of callers that the walk began above the function with the branch
    struct value target; // where it goes, Thumb bit included
    struct core_state core;
    struct memory memory;       // registers of peripherals and RAM, as the walk left them
    const struct event *events; // what happened, the last one first
    const struct frame *frames; // the calls that led here
    bool finished;              // the walk from `root` came to an end within its budget
    bool isr;                   // the walk began in a handler of an exception
    // Where CONTROL is as it was found, MSR MSP is followed once for each stack: what differs then
    // is this.
    enum stack_in_use stack;
};

#endif
