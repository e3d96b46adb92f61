// devices_clock_tree.h: from which oscillator, over which factors, the core and the timers run.
// SPDX-License-Identifier: MIT
//
// The trees are generated from devices/clock-tree/*.toml, where each names its sources;
// devices/README.md explains the keys. A node hangs on nodes before it, so that one pass over them
// gives the frequency of each.
#ifndef BOOTLEAP_COMMON_DEVICES_CLOCK_TREE_H
#define BOOTLEAP_COMMON_DEVICES_CLOCK_TREE_H

#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_NODES_MOST = 24, CLOCK_APBS = 2 };

// Bits of a register of RCC that stand together. Address 0: there are none, and they are 0.
struct clock_field {
    uint32_t address;
    uint32_t mask;
};

// What a clock is multiplied or divided by: table[field], or without a table field + plus.
struct clock_factor {
    bool divides;
    struct clock_field field;
    const uint16_t *table;
    unsigned plus;
    struct clock_field when; // the factor counts only while this is `value`
    unsigned value;
    // Of a multiplier: while the second is not 0, the first is added to it, as so many parts of 1
    // as it has values.
    struct clock_field fraction, fraction_when;
};

struct clock_node {
    const char *name;
    uint32_t hz;  // fixed; 0 where something else says it
    bool crystal; // the frequency of the board's crystal
    struct clock_field select;
    const short *inputs;    // numbers of nodes by the value of `select`, -1: no clock; or NULL
    const uint32_t *ranges; // Hz by the value of `select`, 0: reserved; or NULL
    const struct clock_factor *factors;
    unsigned factor_count;
};

// Bits that a system reset sets in a register that no other list of the row has.
struct clock_start {
    uint32_t address;
    uint32_t value;
};

struct clock_tree {
    const struct clock_node *nodes;
    unsigned count;
    const struct clock_start *starts;
    unsigned start_count;
    uint32_t hse; // Hz of the crystal that ST's code expects where nobody says another
    // Numbers of nodes: the system clock; the core's; the first APB's; what the timers of each APB
    // count; SysTick's other clock; the IWDG's.
    unsigned sysclk, cpu, pclk1, timers[CLOCK_APBS], systick, lsi;
};

#endif
