// observer.c: tells observers what the core is about to do.
// SPDX-License-Identifier: MIT
#include "observer.h"

#include "chip.h"

void observers_add(struct chip *chip, const struct observer *observer)
{
    if (chip->observer_count < OBSERVERS) {
        chip->observers[chip->observer_count++] = observer;
    }
}

bool observers_stop(const struct chip *chip, uint32_t pc)
{
    for (unsigned i = 0; i < chip->observer_count; i++) {
        if (chip->observers[i]->instruction(chip->observers[i]->context, pc)) {
            return true;
        }
    }
    return false;
}

void observers_bus_write(const struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    for (unsigned i = 0; i < chip->observer_count; i++) {
        const struct observer *observer = chip->observers[i];
        if (observer->bus_write) {
            observer->bus_write(observer->context, address, size, value);
        }
    }
}
