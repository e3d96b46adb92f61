// observer.c: tells observers what happens in the chip.
// SPDX-License-Identifier: MIT
#include "observer.h"

bool observers_add(struct chip *chip, const struct observer *observer)
{
    struct observers *observers = &chip->observers;

    if (observers->count == OBSERVERS) {
        return false;
    }
    observers->all[observers->count++] = observer;
    if (observer->instruction) {
        observers->stepping[observers->stepping_count++] = observer;
    }
    if (observer->bus_read) {
        observers->reading[observers->reading_count++] = observer;
    }
    return true;
}

bool observers_stop(const struct chip *chip, uint32_t pc)
{
    for (size_t i = 0; i < chip->observers.stepping_count; i++) {
        const struct observer *observer = chip->observers.stepping[i];
        if (observer->instruction(observer->context, pc)) {
            return true;
        }
    }
    return false;
}

void observers_bus_write(const struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    for (size_t i = 0; i < chip->observers.count; i++) {
        const struct observer *observer = chip->observers.all[i];
        if (observer->bus_write) {
            observer->bus_write(observer->context, address, size, value);
        }
    }
}

void observers_bus_read(const struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    for (size_t i = 0; i < chip->observers.reading_count; i++) {
        const struct observer *observer = chip->observers.reading[i];
        observer->bus_read(observer->context, address, size, value);
    }
}

void observers_changed(const struct chip *chip)
{
    for (size_t i = 0; i < chip->observers.count; i++) {
        const struct observer *observer = chip->observers.all[i];
        if (observer->changed) {
            observer->changed(observer->context);
        }
    }
}

void observers_block_changed(const struct chip *chip, const struct block *block)
{
    for (size_t i = 0; i < chip->observers.count; i++) {
        const struct observer *observer = chip->observers.all[i];
        if (observer->block_changed) {
            observer->block_changed(observer->context, block);
        }
    }
}

void observers_reset(const struct chip *chip)
{
    for (size_t i = 0; i < chip->observers.count; i++) {
        const struct observer *observer = chip->observers.all[i];
        if (observer->reset) {
            observer->reset(observer->context);
        }
    }
}
