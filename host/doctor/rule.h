// rule.h: one cause: which signs speak for it, and what to do.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_RULE_H
#define BOOTLEAP_HOST_RULE_H

#include "observations.h"

enum { RULE_SIGNS = 8 };

// How far the way to the chip is clear. What is behind an obstacle cannot be seen.
enum doctor_stage {
    STAGE_PORT,   // whether it is there
    STAGE_OPEN,   // whether it can be opened
    STAGE_LINE,   // whether it can be set
    STAGE_ANSWER, // what comes over it
    STAGE_ROM,    // whether that is a ROM of ST's
    STAGE_CHIP,   // what its option bytes forbid
    STAGES
};

// In the texts, {port} and the like stand for what was seen: observations_text_name().
struct rule {
    const char *id; // for scripts: it stays the same
    enum doctor_stage stage;
    enum sign needs[RULE_SIGNS];   // all of them, ended by SIGN_NONE
    enum sign without[RULE_SIGNS]; // none of them
    const char *cause;
    const char *evidence;
    const char *cure;    // what to do, a sentence
    const char *command; // what to run then, or to do it
    const char *source;  // who says so; "" where it follows from what was seen
};

#endif
