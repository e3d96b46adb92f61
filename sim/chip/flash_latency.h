// flash_latency.h: whether flash is read slowly enough for the system clock of the scenario.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_FLASH_LATENCY_H
#define BOOTLEAP_SIM_FLASH_LATENCY_H

#include "chip_state.h"

// The application's clock needs the largest latency, or none; the flash gets what it needs.
void flash_latency_make(struct chip *chip, bool fast);

// To be called when the clock or the latency may have changed: makes the run end in a fault if
// they do not fit.
void flash_latency_look(struct chip *chip);

#endif
