// systick.h: the timer that every Cortex-M has.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SYSTICK_H
#define BOOTLEAP_SIM_SYSTICK_H

#include "exceptions.h"

// Offsets of its registers from 0xE000E000 (Armv7-M ARM, DDI0403E, B3.3).
enum { SYSTICK_FIRST = 0x010, SYSTICK_END = 0x01C };

// Registers it with the core's event queue.
void systick_open(struct cortex *core);

// Whole words. A peek does not clear COUNTFLAG.
uint32_t systick_peek(const struct cortex *core, uint32_t offset);
uint32_t systick_read(struct cortex *core, uint32_t offset);
void systick_write(struct cortex *core, uint32_t offset, uint32_t value);

// Cycles of the core that a cycle of its other clock takes, which it counts without CLKSOURCE.
void systick_set_divider(struct cortex *core, uint64_t cycles);

// Has it run from now on, with SYST_CSR and SYST_RVR as given.
void systick_start(struct cortex *core, uint32_t control, uint32_t reload);

#endif
