// running.h: tells an application that runs from its start-up code.
// SPDX-License-Identifier: MIT
//
// Objects with static storage are initialised before a program starts (C11, 5.1.2), each byte of
// them once: start-up code spends its time on words of RAM that it stores for the first time. So an
// application counts as running once it has executed more than RUNNING_INSTRUCTIONS, and for each
// such word RUNNING_PER_WORD more. RAM has an end, so that this is a bound too.
#ifndef BOOTLEAP_SIM_RUNNING_H
#define BOOTLEAP_SIM_RUNNING_H

#include "chip.h"

enum {
    RUNNING_INSTRUCTIONS = 1000,
    RUNNING_PER_WORD = 32, // a copy by bytes, without optimisation
    RUNNING_PAGE = 1024,   // bytes
};

// Which words of a page were stored.
struct running_page {
    uint32_t start;
    uint32_t stored[RUNNING_PAGE / 4 / 32];
};

struct running {
    struct chip *chip;
    struct observer observer; // of stores, as long as it does not run
    uint64_t began;           // in instructions
    uint64_t words;           // stored for the first time since
    bool is_so;               // it has run since: stores are not looked at any more
    struct running_page *pages;
    size_t count, room;
};

// All 0 is a valid state before.
void running_open(struct running *running, struct chip *chip);
void running_close(struct running *running);

// A reset, or a ROM, starts the application now.
void running_begin(struct running *running);

// The application stores `size` bytes to RAM.
void running_store(struct running *running, uint32_t address, unsigned size);

// From which time on it runs, as far as that is known now.
uint64_t running_from(const struct running *running);

// Whether it runs. Once it does, it does until running_begin().
bool running_now(struct running *running);

#endif
