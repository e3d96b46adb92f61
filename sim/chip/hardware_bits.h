// hardware_bits.h: which bits of a register software does not decide.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_HARDWARE_BITS_H
#define BOOTLEAP_SIM_HARDWARE_BITS_H

#include "devices.h"

#include <stdint.h>

// Bits of the register at `address` that software does not decide: flags of the hardware, what
// reads 0 or 1 whatever is written, and what clears itself.
uint32_t hardware_bits(const struct device *device, uint32_t address);
// Bits of it that software can set, and that nothing but a reset clears.
uint32_t hardware_bits_set_only(const struct device *device, uint32_t address);

#endif
