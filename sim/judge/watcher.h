// watcher.h: watches the application from outside: measures one function, enters at a symbol.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_WATCHER_H
#define BOOTLEAP_SIM_WATCHER_H

#include "image.h"
#include "it_block.h"
#include "judge.h"
#include "own_entry.h"
#include "running.h"

enum { WATCHER_VISITS = 0x8000 };

// What to look for, by the names that the image has.
struct watcher_settings {
    const char *on_reset; // the function whose calls are measured
    bool on_reset_named;  // by the user: then it must be there
    const char *entry;    // the function that the application is made to call
    const char *direct;   // the function that enters without a reset, whoever calls it
    const char *enter_at; // the symbol at which it is made to, or NULL
    uint64_t enter_after; // ... or after so many instructions; 0: not
    const char *callback; // a function that it is made to call from outside, or NULL
    bool on_main_stack;   // it must be there before it can be made to enter
    const char *until;    // the symbol at which the run ends, or NULL
};

struct watcher {
    struct judge *judge;
    struct chip *chip;
    // The measured function and the call of it that is under way.
    uint32_t on_reset;
    bool measuring;
    bool pending; // a mark or a trace was there when it was called
    uint32_t return_to, stack;
    uint32_t call_stack; // stack pointer when the entry function was called
    uint64_t started;
    uint32_t flags;
    unsigned ram_bytes;
    uint32_t masked;        // PRIMASK when it was called
    struct running running; // of the application, since a reset or a ROM has started it
    struct own_entry own;   // calls that the firmware makes by itself
    // Entering the ROM at a symbol.
    uint32_t enter_at, entry;
    uint32_t direct; // the function that enters without a reset, whoever calls it
    bool enter_armed, enter_reached;
    uint32_t callback; // what somebody outside has it call
    // It was made to call that, and has come back to enter_at.
    bool calling_back, called_back;
    uint32_t callback_stack; // stack pointer when it was called
    uint64_t enter_after;    // as soon as possible after so many instructions; UINT64_MAX: not
    struct it_block it_block;
    bool on_main_stack;  // it must be there before it can be made to enter
    bool entered;        // it was made to enter
    bool calling;        // the entry function was called and no reset came since
    uint32_t broken;     // points of the contract that did not hold when it was called, H1 lowest
    bool refused;        // it came back
    int32_t refusal;     // with this
    unsigned call_bytes; // that it wrote outside its own stack frame
    uint32_t until;      // where the run ends
    unsigned reset_in;   // instructions to the scenario's reset; 0: none is to come
    enum reset_kind reset;
    uint64_t called_at; // instructions when the entry function was called
    bool *wanted;       // of each instruction since: see cell_choose_resets(); NULL: nobody asks
    size_t wanted_size;
    uint32_t *visits;      // of each halfword at the start of flash
    bool marked;           // the mark said something when the scenario's reset came
    bool request_pending;  // a request was in the mark, and not on its way into the ROM
    bool reset_made;       // it has come
    bool arrived;          // the application has got there
    uint32_t origin;       // R0 when it did
    uint64_t interrupt_at; // the ROM's interrupts come at this instruction; UINT64_MAX: not
    bool quiet_broken; // it wrote something although nothing was pending, or left another PRIMASK
};

// Finds the symbols in the image; `image` may be NULL. A missing `on_reset` is no problem unless
// the user named it, the others are.
int watcher_open(struct watcher *watcher, struct judge *judge,
                 const struct watcher_settings *settings, const struct image *image,
                 struct problem *problem);

void watcher_close(struct watcher *watcher);

// Whether the scenario has the application enter, reset or be interrupted at a time that has yet to
// come.
bool watcher_has_plans(const struct watcher *watcher);

// A reset ends a call that is under way, and starts the application.
void watcher_reset(struct watcher *watcher);

// The entry function is called: takes note of the chip as it is now.
void watcher_note_call(struct watcher *watcher);

#endif
