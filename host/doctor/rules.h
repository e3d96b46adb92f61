// rules.h: the table of causes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_RULES_H
#define BOOTLEAP_HOST_RULES_H

#include "rule.h"

// One after the other, by stage, the most special of a stage first; NULL beyond.
const struct rule *rules_at(unsigned index);

const char *rules_stage_name(enum doctor_stage stage);

#endif
