// call_chain.h: who had called the function that wrote a register, by name and place in the code.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CALL_CHAIN_H
#define BOOTLEAP_SIM_CALL_CHAIN_H

#include "image_symbols.h"
#include "writers.h"

enum { CALL_CHAIN_MOST = 9 }; // the write itself and 8 callers

struct call_chain {
    uint32_t places[CALL_CHAIN_MOST]; // the write, then the calls that led to it, innermost first
    size_t count;
};

// The calls are told by the return addresses on the stack, of which each must stand where the code
// of the function has put it, or behind a call of that function. Without symbols there is the
// writing instruction alone.
void call_chain_find(const struct image *image, const struct writer *writer,
                     struct call_chain *chain);

// Whether the code of a function has an instruction that writes this register of the core (MSR's
// number), and where the last one is.
bool call_chain_writes(const struct image *image, const struct symbol *function, unsigned number,
                       uint32_t *place);

// The instruction of a function that sets PRIMASK or FAULTMASK by CPS: 0xB672 or 0xB671 is looked
// for. False where it has none.
bool call_chain_has(const struct image *image, const struct symbol *function, uint16_t code,
                    uint32_t *place);

#endif
