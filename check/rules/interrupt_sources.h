// interrupt_sources.h: which registers that a program has written may raise an interrupt.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_INTERRUPT_SOURCES_H
#define BOOTLEAP_CHECK_INTERRUPT_SOURCES_H

#include "devices.h"
#include "memory.h"

// The first register that was written of a peripheral that may raise an interrupt by that; NULL:
// none. *address is the register.
const struct word *interrupt_source_written(const struct device *device,
                                            const struct memory *memory, uint32_t *address);

#endif
