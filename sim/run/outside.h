// outside.h: what happens at the pins and lines of the chip while the application runs.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OUTSIDE_H
#define BOOTLEAP_SIM_OUTSIDE_H

#include "run_state.h"

// After a reset of the chip, which starts the application or the ROM: the button is released, what
// the board holds stays.
void outside_reset(struct run *run, bool starts_rom);

// Types the scenario's text and presses its button, each once: when the application waits for
// something, when it has asked to be interrupted by that, or when it stands `still` or has run for
// long, `late`; releases a button that comes back. False if there was nothing to do.
bool outside_act(struct run *run, bool still, bool late);

// Whether something is left for outside_act() to do.
bool outside_has_more(const struct run *run);

// Waits until a host has sent something, at most `ms` milliseconds.
void outside_wait(struct run *run, int ms);

#endif
