// bus.h: sends each access to peripheral space to the block, register or list that it belongs to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BUS_H
#define BOOTLEAP_SIM_BUS_H

#include "problem.h"

#include <stdint.h>

struct chip;

// Peripheral space and the private peripheral bus, as every Cortex-M has them.
enum {
    BUS_PERIPHERALS = 0x40000000,
    BUS_PERIPHERALS_SIZE = 0x20000000,
    BUS_PRIVATE_SIZE = 0x00100000,
};
#define BUS_PRIVATE 0xE0000000u

int bus_map(struct chip *chip, struct problem *problem);

// Accesses of 1, 2 or 4 bytes.
uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size);
void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value);

// The value that the register at `address` keeps, whatever its clock; nobody notices.
uint32_t bus_peek(const struct chip *chip, uint32_t address);

#endif
