// bus.h: sends each access to peripheral space to whoever registered the address.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BUS_H
#define BOOTLEAP_SIM_BUS_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chip;

// Peripheral space and the private peripheral bus, as every Cortex-M has them.
enum {
    BUS_PERIPHERALS = 0x40000000,
    BUS_PERIPHERALS_SIZE = 0x20000000,
    BUS_PRIVATE_SIZE = 0x00100000,
    BUS_REGIONS = 64,
};
#define BUS_PRIVATE 0xE0000000u

// Who answers in a range of addresses. Offsets are from its start, multiples of 4; values are whole
// words, of which the core drives the bits of `lanes`.
struct bus_region {
    uint32_t start, size;
    void *context;
    uint32_t (*read)(void *context, uint32_t offset);
    void (*write)(void *context, uint32_t offset, uint32_t value, uint32_t lanes);
    // The value that is kept there, whatever the clocks say; nothing notices. NULL: 0.
    uint32_t (*peek)(const void *context, uint32_t offset);
    // Puts a value there without being the core: no lock counts. False: that cannot be; NULL:
    // never.
    bool (*poke)(void *context, uint32_t offset, uint32_t value);
};

struct bus {
    struct bus_region regions[BUS_REGIONS];
    size_t count;
};

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
