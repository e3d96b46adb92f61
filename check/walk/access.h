// access.h: loads and stores of a state: RAM, flash, peripherals, stacks.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_ACCESS_H
#define BOOTLEAP_CHECK_ACCESS_H

#include "walker.h"

// What 1, 2 or 4 bytes at this address read. The upper bits of a narrow load are 0. False: no
// memory on this computer.
bool access_load(struct walker *walker, struct state *state, const struct value *address,
                 unsigned bytes, struct value *value);

// `certain`: false where nobody knows whether it is executed at all.
bool access_store(struct walker *walker, struct state *state, const struct value *address,
                  const struct value *value, unsigned bytes, bool certain);

// A store through the base register `n` as SP: notes that a stack of the ROM is used.
bool access_note_stack(struct walker *walker, struct state *state, const struct value *address);

#endif
