// rules_parts.h: the parts of the table of causes, one a subject, each ended by a rule without id.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_RULES_PARTS_H
#define BOOTLEAP_HOST_RULES_PARTS_H

#include "rule.h"

extern const struct rule rules_of_port[], rules_of_usb[], rules_of_opening[], rules_of_line[],
    rules_of_answer[], rules_of_silence[], rules_of_rom[], rules_of_chip[];

#endif
