// judge.h: what is watched from the outside until the ROM is reached, beside the state of the chip.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_JUDGE_H
#define BOOTLEAP_SIM_JUDGE_H

#include "chip.h"
#include "held_port.h"
#include "usb_pullup.h"

struct judge {
    struct chip *chip;
    bool left_thumb; // it faulted at the ROM's first instruction: bit 0 of the address was clear
    uint32_t wrong_table; // by which the application went, and faulted; 0: it did not
    bool entry_requested; // the entry function was called, and no reset came since
    bool has_bootleap;    // the firmware has symbols of bootleap's, or a mark of it was found at a
                          // reset
    // With which this version of the ROM does not serve; NULL: none that holds.
    const struct jump_condition *jump_condition;
    struct held_port held_port;
    struct usb_pullup usb_pullup;
    struct observer observer;
};

// Has the judge watch this chip; it must stay where it is as long as the chip.
void judge_open(struct judge *judge, struct chip *chip);

// The ROM is asked for, with the chip as it is now: from here on the port must not change, and a
// watchdog counts as not fed.
void judge_request_entry(struct judge *judge);

#endif
