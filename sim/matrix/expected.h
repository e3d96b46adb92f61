// expected.h: what must come of each scenario of the matrix on each device.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_EXPECTED_H
#define BOOTLEAP_SIM_EXPECTED_H

#include "devices.h"

#include <stdbool.h>

struct cell; // cell.h

enum expected_end {
    EXPECTED_NOT_RUN, // the device cannot be in this scenario
    EXPECTED_ENTERS,  // the ROM is entered with the whole contract held, and left to a clean start
    EXPECTED_REFUSES, // bootleap_enter() comes back, and nothing has changed
    EXPECTED_SETTLES, // whatever becomes of the request, the application runs from a reset
    EXPECTED_RUNS,    // the library hands nothing over, and the application runs from a reset
};

// What bootleap_on_reset() says when the application runs again (enum bootleap_origin).
enum expected_origin { FROM_RESET, FROM_ROM, LEFT_ROM, ROM_GAVE_UP };

struct expected {
    enum expected_end end;
    enum expected_origin origin;
    bool may_fall_back_to_reset; // asked to enter without a reset, it may go through one all the
                                 // same
};

// What must come of a cell: of its scenario and number, on its device. Each scenario's row names
// its rule; the rules are written by hand, with their reasons, in expected_reset.c.
typedef struct expected expected_rule(const struct cell *cell);

// Entering: from the scenario's state; with a watchdog that the ROM may not feed; with the live
// stack at the mark; with the scenario's option bytes.
expected_rule expect_state;
expected_rule expect_unfed_watchdog;
expected_rule expect_stack;
expected_rule expect_option;

// Entering, and each way back.
expected_rule expect_go;
expected_rule expect_pin;
expected_rule expect_host_reset;
expected_rule expect_power_loss;
expected_rule expect_watchdog_reset;
expected_rule expect_option_load;
expected_rule expect_self_reset; // the number of times, until the ROM finds its crystal
expected_rule expect_reset_on_the_way;

// A ROM that the library did not enter, and cold boots.
expected_rule expect_boot0_go;
expected_rule expect_boot0_pin;
expected_rule expect_empty_go;
expected_rule expect_foreign_jump;
expected_rule expect_plain_jump;
expected_rule expect_bank_start;
expected_rule expect_bank_entry;
expected_rule expect_noise_mark;
expected_rule expect_parity;
expected_rule expect_cold_boots;
expected_rule expect_rom_interrupt;

// Entering without a reset, where that is not as through one: expected_direct.c.
expected_rule expect_nested_directly;
expected_rule expect_window_watchdog_directly;
expected_rule expect_dead_oscillator;
expected_rule expect_stack_directly;
expected_rule expect_reset_on_the_way_directly;

// What must come of it, as the rule of its scenario says: for a build that erases the first page of
// flash where the ROM looks at it (`cell->erases`), and on the path without a reset, with what
// holds for all scenarios there.
struct expected expected_of(const struct cell *cell);

// The latter, from expected_direct.c.
struct expected expected_directly(const struct cell *cell);

#endif
