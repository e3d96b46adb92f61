// devices_flash.h: how an application programs and erases the flash of a chip.
// SPDX-License-Identifier: MIT
//
// Part of devices.h. The values are those of devices/flash-control/*.toml, which devices/README.md
// explains. A mask of 0 means that there is no such bit, an address of 0 that there is no such
// register.
#ifndef BOOTLEAP_COMMON_DEVICES_FLASH_H
#define BOOTLEAP_COMMON_DEVICES_FLASH_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_LOCKS = 2 };

// A bit of the control register that two keys in a row clear.
struct flash_lock {
    uint32_t address; // of the register that takes the keys
    uint32_t keys[2];
    uint32_t mask; // the bit; 0: there is no such lock
};

// The registers that program one part of the flash.
struct flash_controller {
    const char *name;                     // "FLASH", "bank 2"
    uint32_t start, size;                 // what it programs; size 0: all of the flash
    struct flash_lock locks[FLASH_LOCKS]; // the second opens after the first
    uint32_t option_lock;                 // a bit of `control` that stays set
    uint32_t control, status;             // addresses
    uint32_t flags, clear;                // what holds flags, and what takes ones for them
    uint32_t page_address;                // register that takes an address in the page to erase
    // Bits of the control register.
    uint32_t program;      // one is set: stores program; 0: they do when the locks are open
    uint32_t page_erase;   // all of them: a page is erased
    uint32_t page, bank;   // its number, and whether it is in the second half of the flash
    uint32_t all_erase;    // everything is erased,
    uint32_t bank_erase;   // the half that `bank` selects,
    uint32_t first_erase;  // the first half,
    uint32_t second_erase; // or the second one
    uint32_t start_bit;    // starts it; 0: a store to the page does
    uint32_t force;        // programs a unit that is not complete
    uint32_t width;        // of a store: 0, 1, 2 for 1, 2, 4 bytes; 3 for 4 at a time of 8
    uint32_t end_enable;   // without it the flag of the end is not set
    uint32_t end_interrupt, error_interrupt; // flags of the end, and of errors, interrupt
    uint32_t busy, waiting; // of the status register: it works; a unit is not complete
    // Flags.
    uint32_t end;          // it has worked
    uint32_t out_of_order; // a store that nobody asked for; 0: nobody knows what it does
    uint32_t not_erased, wrong_width, misaligned;
    unsigned unit;     // bytes that are programmed at once; 0: those of a store
    unsigned widths;   // of stores that it takes: the sum of 1, 2 and 4 bytes
    bool errors_block; // nothing is programmed as long as one of these four flags is set
};

#endif
