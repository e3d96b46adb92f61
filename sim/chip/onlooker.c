// onlooker.c: tells onlookers what the core is about to do.
// SPDX-License-Identifier: MIT
#include "onlooker.h"

#include "chip.h"

void onlookers_add(struct chip *chip, const struct onlooker *onlooker)
{
    if (chip->onlooker_count < ONLOOKERS) {
        chip->onlookers[chip->onlooker_count++] = onlooker;
    }
}

bool onlookers_stop(const struct chip *chip, uint32_t pc)
{
    for (unsigned i = 0; i < chip->onlooker_count; i++) {
        if (chip->onlookers[i]->instruction(chip->onlookers[i]->context, pc)) {
            return true;
        }
    }
    return false;
}

void onlookers_bus_write(const struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    for (unsigned i = 0; i < chip->onlooker_count; i++) {
        const struct onlooker *onlooker = chip->onlookers[i];
        if (onlooker->bus_write) {
            onlooker->bus_write(onlooker->context, address, size, value);
        }
    }
}
