// observer.h: those who look on without being part of the chip: judges, a debugger, a trace.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OBSERVER_H
#define BOOTLEAP_SIM_OBSERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OBSERVERS = 8 };

struct block;
struct chip;

// Each function may be NULL.
struct observer {
    void *context;
    // Before each instruction. True keeps it from being executed: chip_run() comes back first,
    // and asks again when it is called again.
    bool (*instruction)(void *context, uint32_t pc);
    // Before each write to peripheral space and the private peripheral bus.
    void (*bus_write)(void *context, uint32_t address, unsigned size, uint32_t value);
    // After whatever can have changed a block's register or the system clock.
    void (*changed)(void *context);
    // After a write to this block, and after RCC has reset it.
    void (*block_changed)(void *context, const struct block *block);
    // The chip is being reset; its blocks are next.
    void (*reset)(void *context);
};

// Those that stop instructions are apart: they cost time at each one.
struct observers {
    const struct observer *all[OBSERVERS];
    const struct observer *stepping[OBSERVERS];
    size_t count, stepping_count;
};

// Adds one behind those that are there; it must outlive the chip's last run. False if there is no
// room.
bool observers_add(struct chip *chip, const struct observer *observer);

// Whether one of them keeps this instruction from being executed: those behind do not see it.
bool observers_stop(const struct chip *chip, uint32_t pc);

void observers_bus_write(const struct chip *chip, uint32_t address, unsigned size, uint32_t value);
void observers_changed(const struct chip *chip);
void observers_block_changed(const struct chip *chip, const struct block *block);
void observers_reset(const struct chip *chip);

#endif
