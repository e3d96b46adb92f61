// hardware_bits.c: finds the bits of a register that software does not decide, in the row's list.
// SPDX-License-Identifier: MIT
#include "hardware_bits.h"

// The row's list is in the order of the addresses.
static const struct register_bits *first_bits(const struct device *device, uint32_t address)
{
    const struct register_bits *bits = device->register_bits;

    while (bits->name && bits->address < address) {
        bits++;
    }
    return bits;
}

// A lock says when software decides; that it does, at times, is enough.
static bool is_lock(const struct register_bits *rule)
{
    return rule->behaviour == BITS_LOCKED || rule->behaviour == BITS_LOCKED_BY ||
           rule->behaviour == BITS_KEYED;
}

uint32_t hardware_bits(const struct device *device, uint32_t address)
{
    uint32_t mask = 0;

    for (const struct register_bits *rule = first_bits(device, address);
         rule->name && rule->address == address; rule++) {
        mask |= is_lock(rule) || rule->behaviour == BITS_SET_ONLY ? 0 : rule->mask;
    }
    return mask;
}

uint32_t hardware_bits_set_only(const struct device *device, uint32_t address)
{
    uint32_t mask = 0;

    for (const struct register_bits *rule = first_bits(device, address);
         rule->name && rule->address == address; rule++) {
        mask |= rule->behaviour == BITS_SET_ONLY ? rule->mask : 0;
    }
    return mask;
}
