// known_registers.c: finds registers in the lists of the row.
// SPDX-License-Identifier: MIT
#include "known_registers.h"

enum { REVISION = 0x1000 };

const struct register_known *known_register(const struct device *device, uint32_t address)
{
    const struct register_known *known = device->known_registers;

    while (known->name && known->address < address) {
        known++;
    }
    return known->name && known->address == address ? known : NULL;
}

// DBGMCU's identity is the product, as the ROM has it too, and a revision, of which none is
// special.
uint32_t known_register_start(const struct device *device, uint32_t address)
{
    const struct register_known *known = known_register(device, address);
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
