// walker.h: one walk while it goes on, and what a step of it does next.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_WALKER_H
#define BOOTLEAP_CHECK_WALKER_H

#include "instruction.h"
#include "state.h"
#include "walk.h"

enum step {
    STEP_ON,     // the state goes on at its pc
    STEP_FORKS,  // it goes on in each of walker->next
    STEP_ENDS,   // a return from the root, an endless loop, a reset, a ROM, no code
    STEP_FAILED, // no memory on this computer
};

enum { SUCCESSORS = 64, KNOWN_FUNCTIONS = 256, CUTS = 64 };

// A way on.
struct successor {
    uint32_t pc;
    bool forced;             // see struct state
    uint8_t it;              // ITSTATE
    enum stack_in_use stack; // as it is from here on
    struct comparison check; // that decides for it, and how
    bool is_equal;
    bool tells_z; // ... and it tells Z
    int8_t z;
    bool tells; // ... and it tells what registers hold: a bit each
    uint16_t told;
    uint32_t number;
};

struct walker {
    const struct firmware *firmware;
    const struct walk_chip *chip;
    struct walk_store *store;
    struct walk *walk;         // takes entries and resets; NULL: nobody does
    const struct watch *watch; // NULL: nothing is watched
    enum entry_origin origin;
    uint32_t root;
    unsigned level;
    bool isr;
    bool writes_control; // the program writes CONTROL or PSP somewhere
    bool writes_primask, writes_basepri, writes_faultmask; // ... and these
    uint32_t pointers;                                     // how many were numbered
    bool gave_up; // there was more of something than is kept
    // Where ways ended that go on: the walk did not follow them.
    struct cut {
        uint32_t pc;
        const struct frame *frames;
    } cuts[CUTS];
    unsigned cut_count;
    // Functions whose kind was looked up, by a hash of their start.
    struct known_function {
        uint32_t start;
        bool only_computes;
    } known[KNOWN_FUNCTIONS];
    struct successor next[SUCCESSORS];
    unsigned next_count;
};

// Records what happened. False: no memory.
bool walker_event(struct walker *walker, struct state *state, const struct event *event);

// Executes the instruction at state->pc.
enum step walker_step(struct walker *walker, struct state *state);

// A way goes on from state->pc, and the walk does not follow it.
void walker_cut(struct walker *walker, const struct state *state);

// What an address in the system memory of a chip is, and not in the program.
bool walker_is_rom(const struct walker *walker, uint32_t address);

// Forgets what a function may change that only computes: registers of its caller, and flags.
void walker_unknown_result(struct state *state);

// Forgets what a function may change that nobody looked into.
void walker_unknown_call(const struct walker *walker, struct state *state);

// The instruction at state->pc makes this exception pending or calls it: forgets what its handler
// may change, where a walk from the reset knows that there is one that does something. False: no
// memory.
bool walker_exception(struct walker *walker, struct state *state, unsigned exception);

// The branch at state->pc enters a ROM. False: no memory.
bool walker_enter(struct walker *walker, const struct state *state, const struct value *target,
                  bool links);

// The store at state->pc resets the chip. False: no memory.
bool walker_reset(struct walker *walker, const struct state *state);

#endif
