// gdb_registers.h: registers and memory of the chip, as GDB numbers and writes them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_GDB_REGISTERS_H
#define BOOTLEAP_SIM_GDB_REGISTERS_H

#include "chip.h"

#include <stddef.h>

enum { GDB_REGISTERS = 17, GDB_ALL_REGISTERS = 23 }; // in the `g` packet, and with the special ones

// Describes them to GDB (target.xml).
extern const char gdb_target_xml[];

uint32_t gdb_register(struct chip *chip, unsigned number);
void gdb_set_register(struct chip *chip, unsigned number, uint32_t value);

// A byte as the core would read it, without the effects that a read can have on a peripheral.
// False where nothing is.
bool gdb_read_byte(struct chip *chip, uint32_t address, uint8_t *byte);

// Writes RAM, or a register of 1, 2 or 4 bytes as the core would. False where that cannot be,
// in flash too: the firmware is the ELF of the command line.
bool gdb_write(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size);

#endif
