// expected.h: the scenarios of the matrix, and what must come of each on each device.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_EXPECTED_H
#define BOOTLEAP_SIM_EXPECTED_H

#include "devices.h"
#include "scenario.h"

#include <stdbool.h>
#include <stddef.h>

// What scenarios have in common: a column of the table.
enum scenario_group {
    GROUP_STATES,     // entering from each state in which an application can be
    GROUP_STACK,      // entering with the live stack anywhere over the mark
    GROUP_BACK,       // each way out of the ROM
    GROUP_SELF_RESET, // a ROM that resets itself until it finds its crystal
    GROUP_STARTS,     // a ROM that was not entered by us, cold boots
    GROUP_INTERRUPTS, // the ROM's interrupts, after Go
    GROUP_RESETS,     // a reset at every instruction of entering and of coming back
    GROUP_OPTIONS,    // an option byte that speaks against entering
    GROUPS,
};

// One scenario, or one for each number from `first` to `last`.
struct matrix_scenario {
    enum scenario_group group;
    const char *name;    // %d stands for the number
    const char *options; // of `bootleap-sim run`, %d stands for the number
    int first, last, step;
};

// Terminated by name NULL.
extern const struct matrix_scenario matrix_scenarios[];
extern const struct matrix_scenario matrix_direct_scenarios[];

enum expected_end {
    EXPECTED_NOTHING, // the device cannot be in this scenario
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

// What must come of it. `erases`: the build erases the first page of flash where the ROM looks at
// it. The rules are written down with their reasons in expected.c.
struct expected expected_of(const struct matrix_scenario *scenario, int number,
                            const struct device *device, bool erases);

// The same for the way without a reset, from expected_direct.c.
struct expected expected_directly(const struct matrix_scenario *scenario, int number,
                                  const struct device *device);

const char *group_name(enum scenario_group group);

#endif
