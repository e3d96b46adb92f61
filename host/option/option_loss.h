// option_loss.h: what a change of option bytes destroys, or makes impossible.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OPTION_LOSS_H
#define BOOTLEAP_HOST_OPTION_LOSS_H

#include "option_plan.h"

// Bits. Each has an option of the command line that says so, without which nothing is written.
enum option_loss {
    OPTION_LOSS_ALL_FLASH = 1,
    OPTION_LOSS_READING_FLASH = 2,
    OPTION_LOSS_CHIP_FOREVER = 4,
    OPTION_LOSS_WRITING_PAGES = 8,
    OPTION_LOSS_READING_PAGES = 16,
    OPTION_LOSS_ROM = 32,
    OPTION_LOSS_FLASH_LAYOUT = 64,
    OPTION_LOSS_WATCHDOG = 128,
    OPTION_LOSS_UNKNOWN_LAYOUT = 256, // how this ROM takes them is inferred
};

struct option_loss_text {
    enum option_loss bit;
    const char *option; // "erase-all-flash"
    const char *what;   // "all flash is erased"
};

// The losses, ended by a row of bit 0.
extern const struct option_loss_text option_losses[];

// What one change comes to, as bits; 0: nothing is lost.
unsigned option_loss_of(const struct option_plan *plan, const struct option_change *change);

// What all of them come to, with that of a layout that is inferred.
unsigned option_loss_of_plan(const struct option_plan *plan);

// Refuses a plan that loses what is not in `accepted` (bits): says which change it is, what happens
// and which option says that it may. Problem: EXIT_REFUSED.
int option_loss_require(const struct option_plan *plan, unsigned accepted, struct problem *problem);

#endif
