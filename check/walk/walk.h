// walk.h: what walks through a program have found: entries, and resets of the chip.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_WALK_H
#define BOOTLEAP_CHECK_WALK_H

#include "devices.h"
#include "effort.h"
#include "entry.h"
#include "firmware.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What the walk has to know of a chip. Rows that have it in common share their walks.
struct walk_chip {
    enum core core;
    bool alias; // flash, or what MEM_MODE selects, is seen at 0
    uint32_t remap_register, remap_mask, remap_system_memory;
    uint32_t remap_clock_register, remap_clock_mask;
    uint32_t remap_reset_register, remap_reset_mask; // of SYSCFG, which holds MEM_MODE
    bool rom_ram_known;                              // which RAM the ROM uses is documented
};

void walk_chip_of(const struct device *device, struct walk_chip *chip);
bool walk_chip_equal(const struct walk_chip *a, const struct walk_chip *b);

// A store to AIRCR that resets the chip.
struct reset_site {
    uint32_t pc, root;
    enum entry_origin origin;
    struct memory memory; // RAM and registers that the reset finds
    const struct event *events;
    const struct frame *frames;
};

// A return from an exception, a jump to an address that is no code, ...: why a walk did not go on.
struct walk {
    const struct firmware *firmware;
    struct walk_chip chip;
    struct rom_entry *entries;
    size_t entry_count;
    struct reset_site *resets;
    size_t reset_count;
    bool reset_finished;       // the walk from the reset came to an end within its budget
    bool application_finished; // all walks from functions did
    size_t steps;
    size_t told; // events that led to entries and resets, each counted for each of them
    struct walk_store *store; // what events, frames and states live in
    struct effort *effort;    // what is left of it
};

void walk_close(struct walk *walk);

// Walks again from the reset with words of RAM watched: every store to them is an EVENT_RAM.
// `visit` is told of each load of one, with what happened before it, the last event first, and with
// the stack pointer at that moment.
struct watch {
    const uint32_t *addresses;
    size_t count;
    bool in_short; // loops are left as they are in other walks, not only behind all of RAM
    void (*visit)(void *context, uint32_t address, uint32_t pc, const struct event *events,
                  const struct value *sp);
    // Is told of each way that was not walked to its end, by its last event; NULL: nobody is.
    void (*left)(void *context, const struct event *events);
    // Is told of every event; NULL: nobody is.
    void (*happened)(void *context, const struct event *event);
    void *context;
};
#endif
