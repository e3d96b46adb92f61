// leftovers.h: what an application has left in use, apart from what a handoff may leave.
// SPDX-License-Identifier: MIT
//
// A ROM is taken to care for every peripheral except the ports, whose pins it sets up itself (an
// H723 is served with a LED lit: ST's article on the jump), and USARTs that it does not listen on
// (inferred).
#ifndef BOOTLEAP_SIM_LEFTOVERS_H
#define BOOTLEAP_SIM_LEFTOVERS_H

#include "judge.h"

// The first block that is not in its reset state: of those that the ROM is not known to care for
// (`left_alone`), or of all others. NULL if there is none.
const struct block *leftovers_block(const struct judge *judge, bool left_alone);

// The next one behind `after`; NULL: the first.
const struct block *leftovers_next(const struct judge *judge, bool left_alone,
                                   const struct block *after);

// The bits of a block's first register that is not as a reset leaves it, as far as software decides
// them and a handoff may not leave them; 0 where there is none.
uint32_t leftovers_bits(const struct block *block, uint32_t *address);

// The same of its register at `address`.
uint32_t leftovers_bits_at(const struct block *block, uint32_t address);

// The first register that nobody models and that was written since the reset, NULL if none was.
const struct unmodelled_word *leftovers_register(const struct judge *judge);

// The same of such a register.
uint32_t leftovers_word_bits(const struct judge *judge, const struct unmodelled_word *word);

// The next one behind `after`; NULL: the first.
const struct unmodelled_word *leftovers_register_next(const struct judge *judge,
                                                      const struct unmodelled_word *after);

// Peripherals whose clocks a handoff leaves on: each may be NULL.
enum { LEFTOVERS_CLOCKED = 2 };
void leftovers_clocked(const struct judge *judge,
                       const struct peripheral *clocked[LEFTOVERS_CLOCKED]);

// Whether a block was written since the reset, other than by what a handoff may do.
bool leftovers_any_write(const struct chip *chip);

#endif
