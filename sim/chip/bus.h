// bus.h: what becomes of each access of the core to peripheral space.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BUS_H
#define BOOTLEAP_SIM_BUS_H

#include "bus_words.h"
#include "problem.h"

// Peripheral space and the private peripheral bus, as every Cortex-M has them.
enum {
    BUS_PERIPHERALS = 0x40000000,
    BUS_PERIPHERALS_SIZE = 0x20000000,
    BUS_PRIVATE_SIZE = 0x00100000,
};
#define BUS_PRIVATE 0xE0000000u

// Where a register is outside both of them, in the space of external memory: the pages from the
// first that the row knows to the last. Size 0: it knows none.
struct region bus_outer_registers(const struct device *device);
// Whether the core's accesses to `address` come here, but for aliases of bits.
bool bus_is_at(const struct device *device, uint32_t address);

// Has the core send its accesses here.
int bus_map(struct chip *chip, struct problem *problem);

// Accesses of 1, 2 or 4 bytes, as the core makes them: through the aliases of bits, and with what
// the row says of them.
uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size);
void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value);

// What the core would read there if its clock ran; nobody notices.
uint32_t bus_peek(const struct chip *chip, uint32_t address);

#endif
