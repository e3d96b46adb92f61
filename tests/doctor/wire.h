// wire.h: a serial line with its adapter, what can be wrong with both, and who is at the other end.
// SPDX-License-Identifier: MIT
//
// Takes the place of host/links' serial lines and of host/clock: no time passes.
#ifndef BOOTLEAP_TESTS_DOCTOR_WIRE_H
#define BOOTLEAP_TESTS_DOCTOR_WIRE_H

#include "second_rom.h"

#include <stdbool.h>

enum wire_end {
    END_NOBODY,     // nothing is connected, or the wires are swapped
    END_ROM,        // the second ROM, fresh from a reset
    END_ROM_READY,  // ... in sync, as another program left it, at rom_baud
    END_ROM_PARKED, // ... in the middle of a command that a sync byte ends
    END_STUCK,      // answers sync bytes and nothing else
    END_ACKS,       // an application that answers each byte with 0x79
    END_ANSWERS,    // ... each with `text`
    END_GARBAGE,    // ... each with bytes that are no text
    END_ARTERY,     // Artery's ROM, as its note has it
};

struct wire {
    enum wire_end end;
    struct second_rom *rom;
    unsigned rom_baud;           // that it has heard first; 0: nothing yet
    const char *text;            // that the application prints; NULL: nothing
    unsigned text_baud, text_ms; // at which rate, and how often
    unsigned noise_ms;           // how often a byte of noise comes; 0: never
    bool glitch;                 // one byte of noise when the port is opened
    bool echo;
    bool drops_parity;  // sends and takes 8N1 whatever is asked for
    bool nacks_parity;  // and the ROM answers a wrong parity with NACK
    bool no_parity;     // refuses 8E1
    unsigned only_baud; // the only rate that it takes; 0: all
    bool not_a_port, cannot_open;
    unsigned gone_after; // so many bytes that were sent; 0: never
    unsigned mute_after; // so many bytes of answers nothing comes any more; 0: never
};

// The one line that there is.
extern struct wire wire;

// A line without faults to nobody.
void wire_reset(void);

#endif
