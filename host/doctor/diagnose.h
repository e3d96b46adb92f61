// diagnose.h: from what was seen to the causes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DIAGNOSE_H
#define BOOTLEAP_HOST_DIAGNOSE_H

#include "rule.h"

#include <stddef.h>

enum { FINDING_BYTES = 400, FINDINGS = 8 };

struct finding {
    const struct rule *rule;
    char cause[FINDING_BYTES];
    char evidence[FINDING_BYTES];
    char cure[FINDING_BYTES];
    char command[FINDING_BYTES];
};

// Writes the causes of the first stage that has one, the likeliest first, and says how many: at
// most FINDINGS. Nothing else decides than what was seen.
size_t diagnose(const struct observations *seen, struct finding findings[FINDINGS]);

#endif
