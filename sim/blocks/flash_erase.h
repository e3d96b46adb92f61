// flash_erase.h: how an application erases a page: keys, a sequence of writes, and a wait.
// SPDX-License-Identifier: MIT
//
// The sequences come from the row, which has them where the ROM looks at the flash. Whatever
// else firmware does to the controller is not modelled.
#ifndef BOOTLEAP_SIM_FLASH_ERASE_H
#define BOOTLEAP_SIM_FLASH_ERASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chip;

struct flash_erase {
    size_t unlocked; // writes of the unlocking sequence that were made
    size_t step;     // writes of the erasing one
    uint32_t page;   // an address in the page
    bool wanted;     // the last write was made: to be done before the next instruction
};

// A write to a register of the controller, or to the flash itself. True if it is one of the
// sequences' next; it then leaves nothing in a register.
bool flash_erase_write(struct chip *chip, uint32_t address, uint32_t value);

// Erases the page that is wanted. False, with chip->lockup set, if the core runs from it.
bool flash_erase_do(struct chip *chip);

#endif
