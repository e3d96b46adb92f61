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
    if (observer->ram_write) {
        observers->storing[observers->storing_count++] = observer;
    }
    return true;
}

// Those behind it move up: they are asked in the same order as before.
static void remove_from(const struct observer **list, size_t *count,
                        const struct observer *observer)
{
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++) {
        if (list[i] != observer) {
            list[kept++] = list[i];
        }
    }
    *count = kept;
}

void observers_remove(struct chip *chip, const struct observer *observer)
{
    struct observers *observers = &chip->observers;

    remove_from(observers->all, &observers->count, observer);
    remove_from(observers->stepping, &observers->stepping_count, observer);
    remove_from(observers->reading, &observers->reading_count, observer);
    remove_from(observers->storing, &observers->storing_count, observer);
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

void observers_ram_write(const struct chip *chip, uint32_t address, unsigned size)
{
    for (size_t i = 0; i < chip->observers.storing_count; i++) {
        const struct observer *observer = chip->observers.storing[i];
        observer->ram_write(observer->context, address, size);
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
