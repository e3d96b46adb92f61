// option_bytes.h: option bits that have every reset start the ROM, and how firmware programs them.
// SPDX-License-Identifier: MIT
//
// Only the bits of the row's option_entry can be programmed: keys, a write, a start bit, a wait,
// and a launch where the row has one. Firmware that would change any other option bit ends in a
// fault.
#ifndef BOOTLEAP_SIM_OPTION_BYTES_H
#define BOOTLEAP_SIM_OPTION_BYTES_H

#include <stdbool.h>
#include <stdint.h>

struct chip;

enum { OPTION_LOCKS = 2 };

struct option_bytes {
    bool known;       // `stored` holds something: the flash's value before that
    uint32_t stored;  // kept over every reset
    uint32_t loaded;  // in force
    uint32_t staged;  // written to the register
    uint32_t foreign; // bits written there that are not those of the row
    unsigned key_step[OPTION_LOCKS];
    bool open[OPTION_LOCKS];
    bool shut;     // a wrong key: closed until the next reset
    bool unmet;    // the row's conditions do not hold: the bits do not start the ROM
    bool error;    // an error flag, which forbids the start
    unsigned busy; // reads of the busy flag until it is clear
};

// A reset: `loads` if it is one by which every chip loads its option bytes, `power` if errors of a
// power-on show.
void option_bytes_reset(struct chip *chip, bool loads, bool power);

// Whether the bits in force start the ROM.
bool option_bytes_start_rom(const struct chip *chip);

// The host programs the bits that start flash.
void option_bytes_restore(struct chip *chip);

// What a register of the flash controller shows, where its block would show `value`.
uint32_t option_bytes_read(struct chip *chip, uint32_t address, uint32_t value);
// What it keeps for bits that a write to another part of it leaves, where its block keeps `value`.
uint32_t option_bytes_kept(struct chip *chip, uint32_t address, uint32_t value);

// A write to such a register. What the block keeps of it.
uint32_t option_bytes_write(struct chip *chip, uint32_t address, uint32_t value);

#endif
