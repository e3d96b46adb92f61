// observer.h: those who look on without being part of the chip: a debugger, a listing.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OBSERVER_H
#define BOOTLEAP_SIM_OBSERVER_H

#include <stdbool.h>
#include <stdint.h>

enum { OBSERVERS = 2 };

struct chip;

struct observer {
    void *context;
    // Before each instruction. True keeps it from being executed: chip_run() comes back first,
    // and asks again when it is called again.
    bool (*instruction)(void *context, uint32_t pc);
    // Before each write to peripheral space and the private peripheral bus; may be NULL.
    void (*bus_write)(void *context, uint32_t address, unsigned size, uint32_t value);
};

// Adds one behind those that are there; it must outlive the chip's last run.
void observers_add(struct chip *chip, const struct observer *observer);

// Whether one of them keeps this instruction from being executed: those behind do not see it.
bool observers_stop(const struct chip *chip, uint32_t pc);

void observers_bus_write(const struct chip *chip, uint32_t address, unsigned size, uint32_t value);

#endif
