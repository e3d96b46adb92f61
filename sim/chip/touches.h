// touches.h: registers that nobody models. They behave as memory, and each first touch is kept.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_TOUCHES_H
#define BOOTLEAP_SIM_TOUCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct touch {
    uint32_t address; // of a word
    uint32_t pc;      // of the instruction that touched it first
    uint32_t value;   // what it holds now
    bool written;     // since the last reset
    bool ever_written;
};

struct touches {
    struct touch *list; // in order of the first touch
    size_t count;
    size_t room;
    uint32_t resets_set, resets_pulsed; // one bit an RSTR register
};

// The word at `address`, entered into the list if it is new. NULL when memory has run out.
struct touch *touches_at(struct touches *touches, uint32_t address, uint32_t pc);

// All words read 0 again, and none is written.
void touches_reset(struct touches *touches);

// A write to an RSTR register: `bit` numbers those that the device has, `all` are their bits. What
// nobody models is taken to be reset when each of them has been set and cleared again since.
void touches_pulse(struct touches *touches, uint32_t bit, uint32_t all, bool set);

void touches_close(struct touches *touches);

#endif
