// dwt.h: the cycle counter of the core's trace unit.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DWT_H
#define BOOTLEAP_SIM_DWT_H

#include "cortex.h"

// Where its registers are; Armv6-M has no counter there.
#define DWT_START 0xE0001000u
enum { DWT_SIZE = 0x1000 };

bool dwt_exists(const struct cortex *core);

void dwt_reset(struct cortex *core);

// Registers at DWT_START + offset, whole words; the core drives the bits of `lanes`.
uint32_t dwt_read(struct cortex *core, uint32_t offset);
void dwt_write(struct cortex *core, uint32_t offset, uint32_t value, uint32_t lanes);

// Before a register of the system control space is written: DEMCR.TRCENA switches the unit.
void dwt_settle(struct cortex *core);

#endif
