// modem_sequence.h: what DTR and RTS do, one step after the other, to reach a ROM and to leave it.
// SPDX-License-Identifier: MIT
//
// A sequence is text: steps with commas between them. A step is "50ms", or lines that change at
// once: "dtr=0+rts=1". 1 asserts a line, which makes its pin low where the adapter has TTL levels.
// Behind a colon stand the steps that leave the ROM. docs/getting-in.md is the manual.
#ifndef BOOTLEAP_HOST_MODEM_SEQUENCE_H
#define BOOTLEAP_HOST_MODEM_SEQUENCE_H

#include "serial.h"

enum { MODEM_STEPS = 32, MODEM_WAIT_MOST_MS = 60000 };

struct modem_step {
    unsigned lines;    // that change: bits of enum serial_line
    unsigned asserted; // ... to this
    unsigned ms;       // where none does: how long it is waited
};

struct modem_steps {
    struct modem_step steps[MODEM_STEPS];
    unsigned count;
};

struct modem_sequence {
    struct modem_steps enter, leave;
};

// Reads the name of a preset (modem_preset.h), or a sequence. Problem: EXIT_USAGE.
int modem_sequence_parse(struct modem_sequence *sequence, const char *text,
                         struct problem *problem);

// Takes all steps. Problem: that of serial_set_lines, at the first step that fails.
int modem_steps_take(const struct modem_steps *steps, struct serial *line, struct problem *problem);

#endif
