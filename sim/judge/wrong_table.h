// wrong_table.h: tells a jump by what is no vector table of this ROM, once the core has faulted.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_WRONG_TABLE_H
#define BOOTLEAP_SIM_WRONG_TABLE_H

#include "chip.h"

// The address whose two words the application took for the ROM's stack and start, and by which it
// went where the core has faulted; 0: it faults for another reason.
uint32_t wrong_table_find(const struct chip *chip);

// The first line of parts whose ROM has its table there, "STM32F40xxx/41xxx", and how many more
// there are; NULL where none has.
const char *wrong_table_owner(uint32_t table, unsigned *more);

#endif
