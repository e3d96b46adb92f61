// unmodelled.h: registers that nobody models. They behave as memory, and each first touch is kept.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_UNMODELLED_H
#define BOOTLEAP_SIM_UNMODELLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unmodelled_word {
    uint32_t address; // of a word
    uint32_t pc;      // of the instruction that touched it first
    uint32_t value;   // what it holds now
    bool written;     // since the last reset
    bool ever_written;
};

struct unmodelled {
    struct unmodelled_word *list; // in order of the first touch
    size_t count;
    size_t room;
    uint32_t resets_set, resets_pulsed; // one bit an RSTR register
};

// The word at `address`, entered into the list if it is new. NULL when memory has run out.
struct unmodelled_word *unmodelled_at(struct unmodelled *unmodelled, uint32_t address, uint32_t pc);

// All words read 0 again, and none is written.
void unmodelled_reset(struct unmodelled *unmodelled);

// A write to an RSTR register: `bit` numbers those that the device has, `all` are their bits. What
// nobody models is taken to be reset when each of them has been set and cleared again since.
void unmodelled_note_reset(struct unmodelled *unmodelled, uint32_t bit, uint32_t all, bool set);

void unmodelled_close(struct unmodelled *unmodelled);

#endif
