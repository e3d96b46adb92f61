// devices_options.h: what a row says of option bytes that start the ROM.
// SPDX-License-Identifier: MIT
//
// Part of devices.h.
#ifndef BOOTLEAP_COMMON_DEVICES_OPTIONS_H
#define BOOTLEAP_COMMON_DEVICES_OPTIONS_H

#include <stdint.h>

// A key register that opens one lock of the flash controller.
struct option_key {
    const char *name; // "OPTKEYR"
    uint32_t address;
    uint32_t locked; // the bit of the lock register, set while it is closed
    uint32_t keys[2];
};

// Bits that must be so, or the option bytes do not start the ROM.
struct option_condition {
    const char *name; // "BOOT_LOCK"
    uint32_t address, mask, value;
};

// How the option bytes are programmed that have every reset start the ROM.
struct option_entry {
    const char *name;        // of the register, "OPTR"; "" where there is no such way
    const char *set, *back;  // the bits in words: for the ROM, and for flash again
    uint32_t address;        // what is to be programmed
    uint32_t shown;          // what is in force, the same register on most chips
    uint32_t mask;           // the bits
    uint32_t value, restore; // which of them start the ROM, and which the flash again
    uint32_t lock_register;
    uint32_t start_register, start_mask;
    uint32_t busy_register, busy_mask;
    uint32_t error_register, error_mask;
    uint32_t clear_register;                   // takes ones for the errors that are to be cleared
    uint32_t launch_register, launch_mask;     // loads them, by a reset; 0: every reset does
    const struct option_key *keys;             // terminated by name NULL
    const struct option_condition *conditions; // terminated by name NULL
};

#endif
