// bit_band.c: finds the word or the byte that holds a bit, and accesses those of RAM.
// SPDX-License-Identifier: MIT
#include "bit_band.h"

#include "memory.h"

// Each alias is 32 MB, for the first MB of what it shows (PM0214 Rev 10 Section 2.2.5).
enum {
    ALIAS_SIZE = 0x02000000,
    RAM = 0x20000000,
    RAM_ALIAS = 0x22000000,
    PERIPHERALS = 0x40000000,
    PERIPHERAL_ALIAS = 0x42000000,
};

bool bit_band_has(const struct device *device, uint32_t address)
{
    return device->bit_band && address - PERIPHERAL_ALIAS < ALIAS_SIZE;
}

bool bit_band_is_ram(const struct device *device, uint32_t address)
{
    return device->bit_band && address - RAM_ALIAS < ALIAS_SIZE;
}

uint32_t bit_band_word(uint32_t address)
{
    return PERIPHERALS + (address - PERIPHERAL_ALIAS) / 32 / 4 * 4;
}

unsigned bit_band_bit(uint32_t address)
{
    return address / 4 % 32;
}

static uint8_t *ram_byte(struct chip *chip, uint32_t address)
{
    uint8_t *byte = memory_ram_at(&chip->memory, RAM + (address - RAM_ALIAS) / 32, 1);

    if (!byte) {
        cpu_fail(chip->core.cpu, address, "access to the bit-band alias of RAM that is not there");
    }
    return byte;
}

uint32_t bit_band_read_ram(struct chip *chip, uint32_t address)
{
    const uint8_t *byte = ram_byte(chip, address);

    return byte ? *byte >> address / 4 % 8 & 1u : 0;
}

void bit_band_write_ram(struct chip *chip, uint32_t address, uint32_t value)
{
    uint8_t *byte = ram_byte(chip, address);
    uint32_t mask = 1u << address / 4 % 8;

    if (byte) {
        *byte = (uint8_t)((*byte & ~mask) | (value & 1u ? mask : 0));
    }
}

int bit_band_map(struct chip *chip, struct problem *problem)
{
    return chip->device->bit_band ? cpu_map_bus(chip->core.cpu, RAM_ALIAS, ALIAS_SIZE, problem) : 0;
}
