// state_makers.h: the makers of single states: what each is, states.h says.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_STATE_MAKERS_H
#define BOOTLEAP_SIM_STATE_MAKERS_H

#include "chip.h"

// Of the core: states_core.c.
void state_be_task(struct chip *chip);
void state_be_unprivileged(struct chip *chip);
void state_be_limited_task(struct chip *chip);
void state_be_in_handler(struct chip *chip);
void state_be_in_nested_handler(struct chip *chip);
void state_be_in_systick_handler(struct chip *chip);
void state_be_in_fpu_handler(struct chip *chip);
void state_set_primask(struct chip *chip);
void state_set_basepri(struct chip *chip);
void state_set_faultmask(struct chip *chip);
void state_enable_faults(struct chip *chip);
void state_have_interrupts_pending(struct chip *chip);
void state_use_fpu(struct chip *chip);
void state_limit_stack(struct chip *chip);
void state_guard_mark(struct chip *chip);
void state_turn_caches_on(struct chip *chip);
void state_move_vectors(struct chip *chip);

// Of what is around it: states_chip.c.
void state_connect_usb(struct chip *chip);
void state_use_events(struct chip *chip);
// Whether the step is about a register that nobody models.
bool states_is_event(const struct device *device, const struct jump_step *step);
void state_run_dma(struct chip *chip);
void state_run_dma_over_mark(struct chip *chip);
void state_start_watchdog(struct chip *chip);
void state_start_window_watchdog(struct chip *chip);
void state_have_alarm(struct chip *chip);
void state_drive_pins(struct chip *chip);
void state_use_peripherals(struct chip *chip);

// Of supplies and settings: states_settings.c.
void state_change_settings(struct chip *chip);
bool states_has_settings(const struct device *device);

// Of the clock tree: states_clocks.c.
void state_run_all_clocks(struct chip *chip);
void state_run_slowly(struct chip *chip);
bool states_can_be_slow(const struct device *device);

#endif
