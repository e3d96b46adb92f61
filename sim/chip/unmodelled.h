// unmodelled.h: registers without code, and who touched each of them first.
// SPDX-License-Identifier: MIT
//
// They behave as memory, or as the row says of their bits.
#ifndef BOOTLEAP_SIM_UNMODELLED_H
#define BOOTLEAP_SIM_UNMODELLED_H

#include "devices_registers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unmodelled_word {
    uint32_t address;                   // of a word
    uint32_t pc;                        // of the instruction that touched it first
    uint32_t value;                     // what it holds now
    uint32_t start;                     // what it holds after a reset
    bool written;                       // since the last reset
    bool has_bits;                      // the row says how bits of it behave
    const struct register_known *known; // what the row says of it; NULL: nothing
};

struct unmodelled {
    struct unmodelled_word *list; // in order of the first touch
    size_t count;
    size_t room;
    uint32_t resets_set, resets_pulsed; // one bit an RSTR register
};

// The word at `address`, entered into the list if it is new. NULL when memory has run out.
struct unmodelled_word *unmodelled_at(struct unmodelled *unmodelled, uint32_t address, uint32_t pc);

// All words hold again what they start with, and none is written. Without `power` those of the
// backup domain, and kept bits, stay.
void unmodelled_reset(struct unmodelled *unmodelled, bool power);

// A write of `value` to the register of RCC at `address`: resets the words whose bit it is.
void unmodelled_reset_by(struct unmodelled *unmodelled, uint32_t address, uint32_t value);

// The same of words of which nobody knows the bit. `bit` numbers the RSTR registers that the device
// has, `all` are their bits. Such a word is taken to be reset when each of them has been set and
// cleared again since it was written.
void unmodelled_note_reset(struct unmodelled *unmodelled, uint32_t bit, uint32_t all, bool set);

void unmodelled_close(struct unmodelled *unmodelled);

#endif
