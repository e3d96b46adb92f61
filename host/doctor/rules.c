// rules.c: the parts of the table of causes, in the order in which they are looked at.
// SPDX-License-Identifier: MIT
#include "rules.h"

#include "rules_parts.h"

#include <stddef.h>

const struct rule *rules_at(unsigned index)
{
    static const struct rule *const parts[] = {
        rules_of_port,   rules_of_usb,     rules_of_opening, rules_of_line,
        rules_of_answer, rules_of_silence, rules_of_rom,     rules_of_chip,
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (const struct rule *rule = parts[i]; rule->id; rule++) {
            if (index-- == 0) {
                return rule;
            }
        }
    }
    return NULL;
}

const char *rules_stage_name(enum doctor_stage stage)
{
    static const char *const names[STAGES] = {
        [STAGE_PORT] = "Is the port there?",    [STAGE_OPEN] = "Can it be opened?",
        [STAGE_LINE] = "Can it be set to 8E1?", [STAGE_ANSWER] = "What comes over it?",
        [STAGE_ROM] = "Is that a ROM of ST's?", [STAGE_CHIP] = "What do its option bytes forbid?",
    };

    return names[stage];
}
