// devices_timer.h: what distinguishes one timer from another.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICES_TIMER_H
#define BOOTLEAP_COMMON_DEVICES_TIMER_H

#include <stdbool.h>

struct timer_kind {
    unsigned apb;             // which APB clocks it, from 1 on; 0: no timer
    unsigned counter_bits;    // of CNT and ARR: 16 or 32
    unsigned repetition_bits; // of RCR; 0: it has none
    bool up_down;             // it has DIR and CMS
    bool basic;               // it counts, and has neither channels nor inputs
    unsigned channels;        // that compare the counter with CCR1, CCR2 and so on
    bool compare_apart;       // they have an interrupt line of their own, the second of the timer
};

#endif
