// example_board.h: what an example for a device is about: its part, a USART, pins, where they are.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_EXAMPLE_BOARD_H
#define BOOTLEAP_CLI_EXAMPLE_BOARD_H

#include "devices.h"
#include "problem.h"

// What a user asks for.
struct example_wish {
    const char *device; // slug, macro or ordering code
    const char *usart;  // "USART3" or "USART3:PC10", its TX pin; NULL: the first that will do
    const char *led;    // pin; NULL: none
};

struct example_pin {
    const struct peripheral *port; // NULL: there is no such pin
    unsigned number;
};

struct example_board {
    const struct device *device;
    const char *part; // CMSIS macro that the name means; the largest of the row where it tells none
    const struct rom_usart *pins;
    const struct peripheral *usart;
    struct example_pin tx, rx, led;
    const struct option_check
        *refuses; // by which a new chip of this part refuses; NULL: it does not
};

// Fills in *board. Problem: EXIT_USAGE for a device that is not known or has no way in, for a USART
// that its ROM does not listen on or whose pins the package lacks, and for a pin that there is not.
int example_board_choose(struct example_board *board, const struct example_wish *wish,
                         struct problem *problem);

#endif
