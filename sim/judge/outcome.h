// outcome.h: what the ROM makes of a handoff, and how sure that is.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OUTCOME_H
#define BOOTLEAP_SIM_OUTCOME_H

#include "contract.h"

enum outcome_kind {
    OUTCOME_SERVED,   // the ROM answers its host
    OUTCOME_RETURNED, // it goes back to flash
    OUTCOME_RESET,    // it resets the chip itself
    OUTCOME_HUNG,     // it runs, and no host gets an answer
    OUTCOME_FAULT,
};

struct outcome {
    enum outcome_kind kind;
    enum confidence confidence;
    const char *reason; // with its source
    // Kinds of interface for which it is another: they need a crystal, which is not found, and are
    // not served. "usb, can", or "".
    const char *not_over;
};

// What a ROM finds besides the state of the chip.
struct surroundings {
    bool crystal;                           // the board has one where the ROM looks for it
    bool blank;                             // the first word of flash is erased
    bool unmasks;                           // this version of the ROM clears PRIMASK
    bool masked;                            // PRIMASK is set
    bool boot0;                             // high, where this ROM then stays whatever is in flash
    bool level_2;                           // readout protection
    const struct jump_condition *condition; // that speak against the jump; NULL: none
    enum confidence condition_confidence;
    uint32_t bank; // that the ROM starts instead of serving; 0: none
    enum confidence bank_confidence;
};

// The outcome of this handoff.
struct outcome outcome_of(const struct contract *contract, const struct device *device,
                          struct surroundings found);

const char *outcome_name(enum outcome_kind kind);

#endif
