// held_port.h: a GPIO port that has to stay as it is on the way into the ROM.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_HELD_PORT_H
#define BOOTLEAP_SIM_HELD_PORT_H

#include <stdbool.h>
#include <stdint.h>

struct block;

enum { HELD_PORT_WORDS = 16 }; // a port has no more registers

struct held_port {
    const struct block *port; // NULL: none has to
    bool begun, changed;
    uint32_t registers[HELD_PORT_WORDS]; // what they were when the entry function was called
};

// The entry function is called: from now on the port must not change.
void held_port_begin(struct held_port *held);

// To be called after each write to a block, and after its reset.
void held_port_look(struct held_port *held, const struct block *block);

#endif
