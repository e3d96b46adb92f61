// asked_chip.h: a chip of which a few words can be read, for tests of what the tool asks.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_ASKED_CHIP_H
#define BOOTLEAP_TESTS_ASKED_CHIP_H

#include "target.h"

enum { ASKED_WORDS = 6 };

// What is read outside of these words is 0xFF.
struct asked_chip {
    struct bootloader base; // first: the two have the same address
    struct target target;
    struct problem problem;
    struct {
        uint32_t address, value;
    } words[ASKED_WORDS];
    uint32_t refused; // a read that begins here is refused
    bool refuses_all, is_gone;
    uint32_t bytes_read;
};

struct asked_chip asked_chip_of(const char *slug);

// The word replaces the one that is there.
void asked_chip_put(struct asked_chip *chip, uint32_t address, uint32_t value);

void asked_chip_ask(struct asked_chip *chip, const char *named);

#endif
