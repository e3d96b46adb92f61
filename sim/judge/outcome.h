// outcome.h: what the ROM makes of a handoff over each of its wires, and on what ground.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OUTCOME_H
#define BOOTLEAP_SIM_OUTCOME_H

#include "leftover_statement.h"
#include "present.h"

// What a statement is about: a leftover, or this.
enum { ABOUT_UNEXPLAINED = LEFTOVER_COUNT, STATEMENTS_MOST };

// What a ROM finds besides the state that a program has left.
struct surroundings {
    bool crystal;                           // the board has one where the ROM looks for it
    bool blank;                             // the first word of flash is erased
    bool unmasks;                           // this version of the ROM clears PRIMASK
    bool boot0;                             // high, where this ROM then stays whatever is in flash
    bool level_1, level_2;                  // readout protection
    bool iwdg_by_option;                    // option bytes have started the IWDG that runs
    bool option;                            // an option byte keeps this ROM from serving
    const struct jump_condition *condition; // that speak against the jump; NULL: none
    const struct jump_condition *no_usb;    // that cost USB alone; NULL: none
    enum confidence condition_confidence;
    uint32_t bank; // that the ROM starts instead of serving; 0: none
    enum confidence bank_confidence;
};

// Over one wire.
struct outcome {
    enum wire wire;
    enum outcome_kind kind;
    enum ground ground;
    // The statement that decides, in the list; NULL: all points hold, and nothing speaks against
    // it.
    const struct statement *decides;
    struct statement statements[STATEMENTS_MOST]; // the worst first
    size_t count;
    // What the virtual ROM does: OUTCOME_SERVED where it is at risk only, but for a ROM that goes
    // back to flash.
    enum outcome_kind acts;
};

// The outcome of this handoff over view->wire.
void outcome_find(const struct present *present, const struct device *device,
                  const struct surroundings *found, const struct evidence_view *view,
                  struct outcome *outcome);

// Whether this kind of interface needs a crystal that was not found.
bool outcome_lacks_crystal(const struct device *device, const struct surroundings *found,
                           enum wire wire);

#endif
