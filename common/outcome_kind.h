// outcome_kind.h: the words for what a ROM makes of a handoff.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_OUTCOME_KIND_H
#define BOOTLEAP_COMMON_OUTCOME_KIND_H

enum outcome_kind {
    OUTCOME_SERVED,  // the ROM answers its host
    OUTCOME_AT_RISK, // nobody can say
    // It fails: how.
    OUTCOME_RETURNED, // it goes back to flash
    OUTCOME_RESET,    // it resets the chip itself
    OUTCOME_BITTEN,   // a watchdog resets the chip
    OUTCOME_HUNG,     // it runs, and no host gets an answer
    OUTCOME_FAULT,
};

// "served", "at risk", "fails".
const char *outcome_word(enum outcome_kind kind);
// "hung", "returned to flash" ...: how it fails; "" where it does not.
const char *outcome_how(enum outcome_kind kind);

#endif
