// window.h: looks at a stretch of the application, instruction by instruction, for a loop.
// SPDX-License-Identifier: MIT
//
// Two things can be told of a loop. It is *found* when the core comes to the same place with the
// same registers and the same RAM, or, where it counts something, when it goes the same way again.
// It *stands still* when nothing can ever change it: see window_stands_still().
#ifndef BOOTLEAP_SIM_WINDOW_H
#define BOOTLEAP_SIM_WINDOW_H

#include "chip.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    WINDOW_STEPS = 16384,        // that a window is open for
    WINDOW_ENDLESS = 0x7FFFFFFF, // more than any are seen
    WINDOW_RING = 1024,          // that it keeps: the longest round
    WINDOW_STORES = 256,         // of a round
    WINDOW_ROUNDS = 16,          // more than any block of ours counts reads of a register
};

// R0 to R12, SP, LR, PC, xPSR, as an instruction finds them, in this order; then what masks
// exceptions: PRIMASK is bit 0, FAULTMASK bit 1, BASEPRI comes behind.
enum {
    STEP_SP = 13,
    STEP_LR = 14,
    STEP_PC = 15,
    STEP_XPSR = 16,
    STEP_MASKS = 17,
    STEP_REGISTERS = 18,
};

struct snapshot {
    uint32_t registers[STEP_REGISTERS];
};

struct window_store {
    uint32_t address;
    unsigned size;
    uint8_t before[16];
};

struct window {
    struct chip *chip;
    struct observer observer;
    bool open;
    unsigned most;  // instructions that are enough, or WINDOW_ENDLESS
    unsigned seen;  // instructions since it was opened
    bool thread;    // an instruction outside handlers was seen: those in handlers are left out
    uint64_t steps; // kept since it was opened
    struct snapshot *ring; // the last of them
    unsigned period;       // steps of a round; 0: no loop was found
    unsigned rounds;       // that were the same
    bool same_way;         // the loop was found by its way alone: registers or RAM change

    // What the rest is compared with.
    struct snapshot mark;
    uint64_t mark_at, next_mark;
    uint32_t control;
    unsigned taken;   // exceptions, at the mark
    bool bus_written; // since the mark, as the next two
    bool peripherals_read;
    bool core_read;                            // NVIC, SysTick, SCB: the private peripheral bus
    struct window_store stores[WINDOW_STORES]; // since the mark
    size_t store_count;                        // may be more than there is room for
};

// False: no memory.
bool window_init(struct window *window, struct chip *chip);
void window_free(struct window *window);

// From now on every instruction is seen, until it is closed. When it has seen enough it lets no
// other be executed: window_is_done(). `most` instructions are enough, or WINDOW_ENDLESS.
void window_open(struct window *window, unsigned most);
void window_close(struct window *window);
bool window_is_done(const struct window *window);

// The `back`th step before the last one; `back` is less than WINDOW_RING and than `steps`.
const struct snapshot *window_step(const struct window *window, unsigned back);

// Where no round came back to the same state: looks for one that goes the same way. To be called
// when the window is closed.
void window_find_way(struct window *window);

// Whether no interrupt can be taken at any step of the round, whatever is pending.
bool window_is_deaf(const struct window *window);

// Whether nothing can change any more but by what comes from outside the chip. WINDOW_ROUNDS rounds
// in a row began with the same registers and RAM, wrote to no peripheral and have no instruction of
// the FPU, no exception was taken, and
//  - no event is scheduled and nothing counts, or
//  - what does so cannot reach it: exceptions are masked, no watchdog runs and no DMA, and it reads
//    nothing that this can change.
// What a register shows changes by itself only when an event comes, with each instruction, or after
// a few reads (docs/adding-a-block.md).
bool window_stands_still(const struct window *window);

#endif
