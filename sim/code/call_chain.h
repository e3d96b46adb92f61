// call_chain.h: the calls that led to a place of the code.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CALL_CHAIN_H
#define BOOTLEAP_SIM_CALL_CHAIN_H

#include "call_site.h"
#include "image_symbols.h"

enum { CALL_CHAIN_MOST = 9 }; // the place itself and 8 callers

struct call_chain {
    uint32_t places[CALL_CHAIN_MOST]; // the place, then the calls that led to it, innermost first
    size_t count;
};

// The calls are told by the return addresses on the stack, of which each must stand where the code
// of the function has put it, or behind a call of that function. Without symbols (`image` may be
// NULL) there is the place alone.
void call_chain_find(const struct image *image, const struct call_site *site,
                     struct call_chain *chain);

#endif
