// outcome_kind.c: the words for what a ROM makes of a handoff.
// SPDX-License-Identifier: MIT
#include "outcome_kind.h"

const char *outcome_word(enum outcome_kind kind)
{
    return kind == OUTCOME_SERVED ? "served" : kind == OUTCOME_AT_RISK ? "at risk" : "fails";
}

const char *outcome_how(enum outcome_kind kind)
{
    static const char *const names[] = {
        [OUTCOME_SERVED] = "",
        [OUTCOME_AT_RISK] = "",
        [OUTCOME_RETURNED] = "returned to flash",
        [OUTCOME_RESET] = "reset by the ROM",
        [OUTCOME_BITTEN] = "reset by the watchdog",
        [OUTCOME_HUNG] = "hung",
        [OUTCOME_FAULT] = "fault",
    };

    return names[kind];
}
