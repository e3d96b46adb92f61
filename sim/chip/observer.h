// observer.h: those who look on without being part of the chip: judges, a debugger, a trace.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OBSERVER_H
#define BOOTLEAP_SIM_OBSERVER_H

#include "chip_state.h"

// Adds one behind those that are there; it must outlive the chip's last run. False if there is no
// room.
bool observers_add(struct chip *chip, const struct observer *observer);

// Not from one of its own functions.
void observers_remove(struct chip *chip, const struct observer *observer);

// Whether one of them keeps this instruction from being executed: those behind do not see it.
bool observers_stop(const struct chip *chip, uint32_t pc);

void observers_bus_write(const struct chip *chip, uint32_t address, unsigned size, uint32_t value);
void observers_bus_read(const struct chip *chip, uint32_t address, unsigned size, uint32_t value);
void observers_ram_write(const struct chip *chip, uint32_t address, unsigned size);
void observers_changed(const struct chip *chip);
void observers_block_changed(const struct chip *chip, const struct block *block);
void observers_reset(const struct chip *chip);

#endif
