// rom_stack.h: which RAM a store through the stack of a ROM may change.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_ROM_STACK_H
#define BOOTLEAP_CHECK_ROM_STACK_H

#include "memory.h"
#include "walk.h"

// Forgets the RAM in which word 0 of some ROM's table may lie, down to `below` bytes under it. A
// ROM has its stack in the RAM that it uses (AN2606, "RAM" of each table of a device's
// configuration). Rows that share walks differ in it: the RAM of all rows counts.
void rom_stack_forget(const struct walk_chip *chip, struct memory *memory, uint32_t below);

#endif
