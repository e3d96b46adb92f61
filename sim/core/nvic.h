// nvic.h: the registers of the NVIC, and an interrupt line that is held from outside.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NVIC_H
#define BOOTLEAP_SIM_NVIC_H

#include "exceptions.h"

// Offsets of its registers from 0xE000E000 (Armv7-M ARM, DDI0403E, B3.4).
// Those before NVIC_ACTING_END set or clear something by the bits that are written as 1.
enum { NVIC_FIRST = 0x100, NVIC_ACTING_END = 0x300, NVIC_END = 0x500 };

// Whole words.
uint32_t nvic_read(const struct cortex *core, uint32_t offset);
void nvic_write(struct cortex *core, uint32_t offset, uint32_t value);

// The line that is held high is pending, whatever was done to its bit.
void nvic_look_at_line(struct exceptions *exceptions);

// Holds the line of an interrupt high, over resets too: it is pending now, after a reset, and again
// after somebody has cleared it in the NVIC. `by` says who holds it; NULL lets the line go.
void nvic_hold_line(struct cortex *core, unsigned interrupt, const char *by);

#endif
