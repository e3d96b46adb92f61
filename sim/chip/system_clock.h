// system_clock.h: what frequencies RCC's registers make, and the time that has passed.
// SPDX-License-Identifier: MIT
//
// The core executes an instruction a cycle of its clock. All else is counted in cycles of the core:
// a slower clock takes several of them.
#ifndef BOOTLEAP_SIM_SYSTEM_CLOCK_H
#define BOOTLEAP_SIM_SYSTEM_CLOCK_H

#include "chip_state.h"

// Before the first reset. Where nobody knows the row's clock tree, the core has the clock of a
// reset all the time.
void system_clock_open(struct chip *chip);

// A reset of the chip: RCC has its registers, the blocks are next.
void system_clock_reset(struct chip *chip);

// After whatever can have changed a register of RCC. Tells those that count a clock.
void system_clock_look(struct chip *chip);

// The board's crystal has this frequency; 0: the one that ST's code expects.
void system_clock_set_crystal(struct chip *chip, uint32_t hz);

// Nanoseconds of the chip's own time since power-on.
uint64_t system_clock_ns(const struct chip *chip);

// How many cycles of the core it takes until this clock has had `count` cycles, to the nearest. A
// clock that stands still counts as fast as the core.
uint64_t system_clock_cycles(const struct chip *chip, enum clock clock, uint64_t count);

// How many cycles of the core as it is now take as long as these did at `hz`.
uint64_t system_clock_rescaled(const struct chip *chip, uint64_t cycles, uint64_t hz);

// The clock that the timers of this APB count, from 1 on.
enum clock system_clock_of_timers(unsigned apb);

#endif
