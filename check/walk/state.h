// state.h: the chip on one way of a walk: registers, memory, and what happened so far.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_STATE_H
#define BOOTLEAP_CHECK_STATE_H

#include "entry.h"
#include "event.h"
#include "memory.h"
#include "value.h"
#include "walk_store.h"

// What a comparison says when Z is set: that the word at `address`, under `mask`, is `number`.
struct comparison {
    bool is_known;
    bool is_time; // it is about time that passed: nobody knows how much, and it ends
    uint32_t address, number, mask;
};

// N, Z, C and V: 0, 1, or -1 for unknown.
struct flags {
    int8_t n, z, c, v;
    struct comparison comparison;
};

// Addresses that no chip has: of a stack of the ROM, and what a function returns to where the walk
// began.
enum { ROM_STACK = 0x6FF00000, RETURN_FROM_ROOT = 0x6FEFFFF0 };

enum { LOOPS = 12, LOOP_WORDS = 64 };

// A branch back that was taken, in these calls.
struct loop {
    uint32_t branch, target;
    const struct frame *frames;
    unsigned rounds;
    uint32_t registers; // a hash of them, when it was last taken
    uint32_t memory;    // state->memory.hash at that time
    unsigned left;      // state->left at that time
    unsigned forks;     // state->forks at that time
    unsigned stores;    // state->stores at that time
    unsigned quiet;     // rounds in a row that stored to one word at most
    bool counts;        // numbers decide whether it goes on
    bool polls;         // a branch that nobody can decide leads out of it
};

// A loop on its way out, and the registers when that began.
struct way_out {
    bool active;
    uint32_t from, to;
    struct value before[15];
};

// The loop that is being left: what its next round changes is unknown.
struct leaving {
    struct way_out loop;
    struct way_out outer; // the loop around it that was being left before, and is again after it
    bool quiet;           // it has stored to one word at most
    bool counts;          // it took all rounds that a loop may, and did not wait
    unsigned rounds;
    uint32_t visited[LOOP_WORDS]; // a bit for each halfword from loop.from on
};

struct state {
    uint32_t pc;
    struct value r[15]; // R0 to R12; [13] is core.sp; LR
    struct flags flags;
    uint32_t last;         // the instruction that was executed before this one; 0: not known
    uint32_t last_but_one; // the one before that
    uint8_t it;            // ITSTATE
    bool was_reset;        // a store has just reset the chip
    bool forced;           // the next instruction is executed, whatever its condition
    struct core_state core;
    enum stack_in_use stack;
    struct memory memory;
    const struct event *events;
    const struct frame *frames;
    unsigned event_count;
    unsigned left;  // loops that were left before their end, so far
    unsigned forks; // branches that nobody could decide, on the way here
    // Stores to another address than the one before, and that address; 0: nobody knows it.
    unsigned stores;
    uint32_t stored;
    struct loop loops[LOOPS];
    unsigned loop_count;
    uint32_t chip;     // the number of a chip that DBGMCU_IDCODE was found to hold; 0: none
    bool read_rom;     // a word of some ROM was read
    bool number_stack; // ... and then MSR MSP has written a number
    bool waits;        // a comparison with time that passed has just been decided
    struct leaving leaving;
};

// A copy; NULL: no memory on this computer.
struct state *state_copy(const struct state *state);
void state_free(struct state *state);

// Makes `into` hold what holds of both; what happened, and the calls, are those of `other`. Sets
// *changed where something is known no more. False: no memory.
bool state_join(struct state *into, const struct state *other, bool *changed);

// Whether all that holds of `core` holds of the other one.
bool core_state_covers(const struct core_state *core, const struct core_state *other);

struct value state_register(const struct state *state, unsigned number);
void state_set_register(struct state *state, unsigned number, const struct value *value);

// The same for each register of which a bit is set, R0 to R12.
void state_set_registers(struct state *state, uint16_t registers, const struct value *value);

void flags_forget(struct flags *flags);

#endif
