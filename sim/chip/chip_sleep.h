// chip_sleep.h: WFI and WFE: time goes on until something wakes the core.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_SLEEP_H
#define BOOTLEAP_SIM_CHIP_SLEEP_H

#include "chip_state.h"

// The core has executed WFI, or a WFE that found no event (CPU_WAIT): it sleeps unless an exception
// is pending that wakes it.
void chip_fall_asleep(struct chip *chip, enum cpu_stop why);

// A core that sleeps: time goes on from event to event until one wakes it, or somebody wants the
// main loop to look. What wakes it: an exception that would be taken if PRIMASK were 0, and after
// WFE an event (Armv7-M ARM, B1.5.17 to B1.5.19).
void chip_sleep_on(struct chip *chip);

// Whether SCR.SLEEPDEEP asks for Stop or Standby: then neither SysTick nor a timer counts.
bool chip_sleeps_deeply(const struct chip *chip);

#endif
