// nvic.h: the registers of the NVIC, and the interrupt lines that come in from outside.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NVIC_H
#define BOOTLEAP_SIM_NVIC_H

#include "exceptions.h"

// Offsets of its registers from 0xE000E000 (Armv7-M ARM, DDI0403E, B3.4).
// Those before NVIC_ACTING_END set or clear something by the bits that are written as 1.
enum { NVIC_FIRST = 0x100, NVIC_ACTING_END = 0x300, NVIC_END = 0x500, NVIC_STIR = 0xF00 };

// Whole words.
uint32_t nvic_read(const struct cortex *core, uint32_t offset);
void nvic_write(struct cortex *core, uint32_t offset, uint32_t value);

// A write to STIR, which Armv6-M does not have: makes the interrupt of that number pending. Without
// privilege it faults unless CCR.USERSETMPEND is set (Armv7-M ARM, DDI0403E, B3.2.26).
void nvic_write_stir(struct cortex *core, uint32_t value);

// Whether an interrupt is pending, enabled or not.
bool nvic_any_pending(const struct exceptions *exceptions);

// Each line that is high makes its interrupt pending, but for one that is active.
void nvic_sample_lines(struct exceptions *exceptions);

// Drives the line of an interrupt, which is sensitive to the level: while it is high nobody can
// clear the pending bit, and the interrupt is pending again when its handler has returned (Armv7-M
// ARM, DDI0403E, B3.4.1). A reset lets the line go; a pending bit outlasts the level.
void nvic_set_line(struct cortex *core, unsigned interrupt, bool high);

// Holds one line high over resets too. `by` says who holds it; NULL lets the line go.
void nvic_hold_line(struct cortex *core, unsigned interrupt, const char *by);

#endif
