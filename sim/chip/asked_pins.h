// asked_pins.h: pins without a level that the application asks for.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ASKED_PINS_H
#define BOOTLEAP_SIM_ASKED_PINS_H

#include "cpu.h"

#include <stddef.h>
#include <stdint.h>

enum { ASKED_PINS = 4 };

struct asked_pin {
    char port;    // 'C'
    unsigned pin; // its number
    uint32_t pc;  // of the load that last asked
};

// The first few since the last reset.
struct asked_pins {
    struct asked_pin list[ASKED_PINS];
    size_t count;
};

// The core reads the inputs of this port, 'C', of which those under `floating` have no level:
// neither does anybody drive them nor are they pulled. Those are kept that the next instruction
// tests.
void asked_pins_note(struct asked_pins *asked, struct cpu *cpu, char port, uint32_t floating);

#endif
