// known_registers.c: finds registers in the lists of the row.
// SPDX-License-Identifier: MIT
#include "known_registers.h"

enum { REVISION = 0x1000 };

size_t known_registers_count(const struct device *device)
{
    size_t count = 0;

    while (device->known_registers[count].name) {
        count++;
    }
    return count;
}

const struct register_known *known_registers_from(const struct chip *chip, uint32_t address)
{
    const struct register_known *known = chip->device->known_registers;
    size_t first = 0, end = chip->register_bits.known_count;

    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (known[middle].address < address) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return &known[first];
}

const struct register_known *known_register(const struct chip *chip, uint32_t address)
{
    const struct register_known *known = known_registers_from(chip, address);

    return known->name && known->address == address ? known : NULL;
}

// DBGMCU's identity is the product, as the ROM has it too, and a revision, of which none is
// special.
uint32_t known_register_start(const struct chip *chip, uint32_t address)
{
    const struct device *device = chip->device;
    const struct register_known *known = known_register(chip, address);
    bool identity = device->debug_id_register && address == device->debug_id_register;

    return identity ? (uint32_t)REVISION << 16 | device->product : known ? known->reset : 0;
}

bool known_register_has_bits(const struct device *device, uint32_t address)
{
    const struct register_bits *bits = device->register_bits;

    while (bits->name && bits->address < address) {
        bits++;
    }
    return bits->name && bits->address == address;
}
