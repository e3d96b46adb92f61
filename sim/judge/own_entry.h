// own_entry.h: sees the firmware call an entry function by itself, and what came of it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OWN_ENTRY_H
#define BOOTLEAP_SIM_OWN_ENTRY_H

#include "chip.h"
#include "image.h"

#include <stdbool.h>
#include <stdint.h>

enum { OWN_ENTRIES = 3 };

// What became of the request that such a call makes.
enum request {
    REQUEST_NONE,  // no mark after a software reset asked for the ROM
    REQUEST_OPEN,  // one did, and nobody has looked at it yet
    REQUEST_LOST,  // ... and it was gone when the measured function was called
    REQUEST_TAKEN, // that function was called and found it
};

struct own_entry {
    const struct symbol *functions[OWN_ENTRIES]; // that enter the ROM, as far as the image has them
    size_t count;
    // The call that is under way, NULL: none.
    const struct symbol *calling;
    uint32_t return_to, stack;
    // The last call of all.
    const struct symbol *called; // NULL: there was none
    uint32_t from;               // where it comes back to
    bool reset;                  // a software reset came while it was under way
    bool refused;                // it came back
    int32_t refusal;             // ... with this
    enum request request;
};

// Looks for `entry` and for the functions of bootleap that enter; `image` may be NULL.
void own_entry_open(struct own_entry *own, const struct image *image, const char *entry);

// `pc` is about to be executed. To be asked where a function may begin or be come back to.
void own_entry_look(struct own_entry *own, struct cpu *cpu, uint32_t pc);

// A reset has come, of the kind that chip->reset_kind says.
void own_entry_reset(struct own_entry *own, const struct chip *chip);

// The measured function is called, and finds something that is pending or not.
void own_entry_measured(struct own_entry *own, bool pending);

#endif
