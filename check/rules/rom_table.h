// rom_table.h: whose vector table, or system memory, an address is in.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_ROM_TABLE_H
#define BOOTLEAP_CHECK_ROM_TABLE_H

#include "devices.h"

#include <stdbool.h>
#include <stdint.h>

enum { OWNER_ROOM = 120 };

// Whether the address is that of this word of a vector table by which this row's ROM starts, or
// where another bus shows it.
bool rom_table_has(const struct device *device, uint32_t address, unsigned word);

// Whether it is the address of this word of the table that is seen at 0. A walk says that of a word
// of a ROM alone: it has looked what MEM_MODE was when the word was read.
bool rom_table_is_alias(const struct device *device, uint32_t address, unsigned word);

// What is to be added to an address in system memory for its place on the other bus; 0: there is
// none.
uint32_t rom_table_other_bus(const struct device *device);

// The address in system memory that the row has for it, whichever bus shows it.
uint32_t rom_table_home(const struct device *device, uint32_t address);

// Whether it is that of this word of what others take for the vector table, where the row has none.
bool rom_table_is_mistaken(const struct device *device, uint32_t address, unsigned word);

// Whether it is in the system memory of this row.
bool rom_table_in_system_memory(const struct device *device, uint32_t address);

// "STM32F40xxx/41xxx" or "STM32F40xxx/41xxx and 12 more": the lines whose ROM has its table at this
// address. False: none.
bool rom_table_owner(uint32_t table, char owner[OWNER_ROOM]);

// The same of lines that have system memory there.
bool rom_table_owner_of_memory(uint32_t address, char owner[OWNER_ROOM]);

#endif
