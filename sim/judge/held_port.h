// held_port.h: a GPIO port that has to stay as it is on the way into the ROM.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_HELD_PORT_H
#define BOOTLEAP_SIM_HELD_PORT_H

#include <stdbool.h>
#include <stdint.h>

struct block;
struct chip;

enum { HELD_PORT_WORDS = 16 }; // a port has no more registers

struct held_port {
    const struct block *port; // NULL: none is asked for
    bool begun, changed;
    uint32_t registers[HELD_PORT_WORDS]; // what they were when the entry function was called
};

// The entry function is called: from now on the port must not change.
void held_port_begin(struct chip *chip);

// To be called after each write to a block, and after its reset.
void held_port_look(struct chip *chip, const struct block *block);

#endif
