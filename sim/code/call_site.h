// call_site.h: an instruction, and the return addresses on its stack.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CALL_SITE_H
#define BOOTLEAP_SIM_CALL_SITE_H

#include "chip.h"

enum { CALL_SITE_WORDS = 16 };

// A word of the stack that holds an address behind a call.
struct call_site_word {
    uint32_t value;
    uint32_t offset; // from SP
};

// What tells who called the function that was running.
struct call_site {
    uint32_t pc, sp, lr;
    uint8_t words_used;
    struct call_site_word words[CALL_SITE_WORDS];
};

// Where the core is now, without the words of its stack.
struct call_site call_site_now(const struct chip *chip);

// Looks at the stack from SP on, and fills in `words`. Returns the memory that SP points to, NULL
// where that is no RAM.
const uint8_t *call_site_look(const struct chip *chip, struct call_site *site);

#endif
