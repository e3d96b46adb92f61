// bus.h: sends each access to peripheral space to whoever registered the address.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BUS_H
#define BOOTLEAP_SIM_BUS_H

#include "chip_state.h"
#include "problem.h"

// Peripheral space and the private peripheral bus, as every Cortex-M has them.
enum {
    BUS_PERIPHERALS = 0x40000000,
    BUS_PERIPHERALS_SIZE = 0x20000000,
    BUS_PRIVATE_SIZE = 0x00100000,
};
#define BUS_PRIVATE 0xE0000000u

// Registers a region, which must overlap no other. False if there is no room.
bool bus_add(struct bus *bus, const struct bus_region *region);

// Has the core send its accesses here.
int bus_map(struct chip *chip, struct problem *problem);

// Accesses of 1, 2 or 4 bytes, as the core makes them.
uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size);
void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value);

// The value that the register at `address` keeps, whatever its clock; nobody notices.
uint32_t bus_peek(const struct chip *chip, uint32_t address);
// Gives the register at `address` a value without being the core. False where none is modelled.
bool bus_poke(struct chip *chip, uint32_t address, uint32_t value);
// Whether a modelled register is at `address`, the core's own not counted.
bool bus_has(const struct chip *chip, uint32_t address);

#endif
