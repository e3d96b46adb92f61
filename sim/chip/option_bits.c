// option_bits.c: shows option bits in the registers that hold them.
// SPDX-License-Identifier: MIT
#include "option_bits.h"

#include <string.h>

static bool is_refused_by(const struct option_check *check, uint32_t bits)
{
    return ((bits & check->mask) == (check->value & check->mask)) != check->unless;
}

// Bits that this check refuses and, where that can be, no other check of the same bits: a value
// that is not "RDP level 0" must not be level 2.
static uint32_t refused_bits(const struct device *device, const struct option_check *check)
{
    uint32_t lowest = check->mask & -check->mask, fallback = ~check->value & check->mask;

    if (!check->unless) {
        return check->value;
    }
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t bits = (fallback ^ i * lowest) & check->mask;
        bool only = is_refused_by(check, bits);
        for (const struct option_check *other = device->options; other->name; other++) {
            bool same = other->address == check->address && other->mask == check->mask &&
                        other->refusal != check->refusal;
            only = only && !(same && is_refused_by(other, bits));
        }
        if (only) {
            return bits;
        }
    }
    return fallback;
}

uint32_t option_bits_show(const struct option_bits *options, const struct device *device,
                          uint32_t address, uint32_t value)
{
    const struct option_check *checks = device->options;

    for (size_t i = 0; checks && checks[i].name; i++) {
        if (checks[i].address == address) {
            value = (value & ~checks[i].mask) | (checks[i].factory & checks[i].mask);
        }
    }
    for (size_t i = 0; checks && checks[i].name && i < OPTION_BITS_MOST; i++) {
        if (checks[i].address == address && options->refuses[i]) {
            value = (value & ~checks[i].mask) | (refused_bits(device, &checks[i]) & checks[i].mask);
        }
    }
    return value;
}

bool option_bits_set(struct chip *chip, enum option_refusal refusal)
{
    const struct option_check *checks = chip->device->options;
    bool found = false;

    for (size_t i = 0; checks && checks[i].name && i < OPTION_BITS_MOST; i++) {
        if (checks[i].refusal == refusal) {
            chip->option_bits.refuses[i] = found = true;
        }
    }
    if (refusal == OPTION_BOOT_LOCK && chip->device->option_entry.conditions->name) {
        chip->option_bytes.unmet = found = true; // BOOT_LOCK, or an address that is not the ROM's
    }
    chip->option_starts_watchdog[WATCHDOG_WINDOW] |= found && refusal == OPTION_HARDWARE_WWDG;
    chip->option_starts_watchdog[WATCHDOG_INDEPENDENT] |=
        found && refusal == OPTION_WATCHDOG_NOT_FED;
    return found;
}

bool option_bits_refuse(const struct chip *chip, enum option_refusal refusal)
{
    const struct option_check *checks = chip->device->options;

    for (size_t i = 0; checks && checks[i].name && i < OPTION_BITS_MOST; i++) {
        if (checks[i].refusal == refusal && chip->option_bits.refuses[i]) {
            return true;
        }
    }
    return false;
}

void option_bits_unset(struct chip *chip, enum option_refusal refusal)
{
    const struct option_check *checks = chip->device->options;

    for (size_t i = 0; checks && checks[i].name && i < OPTION_BITS_MOST; i++) {
        if (checks[i].refusal == refusal) {
            chip->option_bits.refuses[i] = false;
        }
    }
}

void option_bits_clear(struct chip *chip)
{
    memset(&chip->option_bits, 0, sizeof chip->option_bits);
    memset(chip->option_starts_watchdog, 0, sizeof chip->option_starts_watchdog);
}

void option_bits_reset(struct chip *chip)
{
    const struct option_check *checks = chip->device->options;
    bool erases = false;

    for (size_t i = 0; checks && checks[i].name && i < OPTION_BITS_MOST; i++) {
        erases |= checks[i].refusal == OPTION_RAM_ERASED && chip->option_bits.refuses[i];
    }
    for (const struct ram *ram = chip->device->rams; erases && ram->region.size; ram++) {
        if (ram->erased_by && ram->erased_by[0]) {
            memset(memory_at(&chip->memory, ram->region.start, ram->region.size), 0,
                   ram->region.size);
        }
    }
}
