// scenarios.h: the scenarios of the matrix: on each path into the ROM a table of rows.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SCENARIOS_H
#define BOOTLEAP_SIM_SCENARIOS_H

#include "expected.h"
#include "states.h"

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
    const char *id;               // stays as it is whatever `name` is: two runs are compared by it
    const char *name;             // for people, %d stands for the number; NULL: the id
    const char *options;          // of `bootleap-sim run`, %d stands for the number
    expected_rule *rule;          // what must come of it
    enum application_state state; // in which the application enters
    enum option_refusal refusal;  // of GROUP_OPTIONS: the one that the option bytes bring about
    bool measured;                // the matrix tells how many instructions this takes into the ROM
    bool ends_before_host; // something ends the ROM before its host could fill an erased flash
    int first, last, step; // 0: one number, which no text has
};

// Terminated by id NULL. Through a reset, and without one.
extern const struct matrix_scenario scenarios_reset[];
extern const struct matrix_scenario scenarios_direct[];

// What both have in common.
enum {
    SCENARIO_STACK_SWEEP = 160,      // bytes of stack above the mark that are tried, and
    SCENARIO_STACK_SWEEP_BELOW = 32, // below it
    SCENARIO_MOST_REPEATS = 16,      // handoffs of one request after the first
};

const char *group_id(enum scenario_group group);
const char *group_name(enum scenario_group group);

#endif
