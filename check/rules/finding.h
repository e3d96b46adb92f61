// finding.h: what a rule says of an entry, or of the program.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_FINDING_H
#define BOOTLEAP_CHECK_FINDING_H

#include "entry.h"
#include "evidence.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rule_id {
    RULE_E1,
    RULE_E2,
    RULE_E3,
    RULE_E4,
    RULE_E5,
    RULE_E6,
    RULE_E7,
    RULE_E8,
    RULE_E9,
    RULE_B1,
    RULE_COUNT
};

enum verdict {
    VERDICT_OK,      // it holds, on every way that the walk took, and the walk came to its end
    VERDICT_BROKEN,  // it does not hold
    VERDICT_LEFT,    // it is as it was found: decided, and not ok
    VERDICT_DIFFERS, // it holds on one way and not on another
    VERDICT_UNKNOWN, // nothing is known
};

enum severity { SEVERITY_OK, SEVERITY_NOTE, SEVERITY_UNKNOWN, SEVERITY_WARNING, SEVERITY_ERROR };

enum { FINDING_TEXT = 480, FINDING_FIX = 320 };

struct finding {
    enum rule_id rule;
    const char *about; // "target", "stack", "control" ...: a rule may answer several questions
    const char *point; // of the contract: "H1"; "": none
    enum verdict verdict;
    enum severity severity;
    const char *ground;      // "must", "seen", "alike", "none"; "": the architecture is not asked
    char text[FINDING_TEXT]; // what is so, a sentence without its full stop
    char fix[FINDING_FIX];   // what to change, or what would decide it; "": nothing
    uint32_t pc;             // the instruction at fault; 0: none
    const struct frame *frames; // the calls that led there; NULL: none
};

struct findings {
    struct finding *items;
    size_t count, room;
};

// "E1"
const char *rule_name(enum rule_id rule);
const char *verdict_name(enum verdict verdict);
const char *severity_name(enum severity severity);

#endif
