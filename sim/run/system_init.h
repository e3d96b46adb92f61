// system_init.h: what SystemInit() of ST's start-up code writes, where it differs from a reset.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SYSTEM_INIT_H
#define BOOTLEAP_SIM_SYSTEM_INIT_H

struct chip;

// Writes it: the list of the row (devices/, system_init), and access to the FPU where the core has
// one. VTOR, which some of these functions set to the start of flash, is left alone.
void system_init_run(struct chip *chip);

#endif
