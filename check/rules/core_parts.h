// core_parts.h: which parts an Arm core has.
// SPDX-License-Identifier: MIT
//
// As the STM32 have them: parts that Arm leaves to the maker of a chip are in none or in all
// devices with that core.
#ifndef BOOTLEAP_CHECK_CORE_PARTS_H
#define BOOTLEAP_CHECK_CORE_PARTS_H

#include "devices.h"

#include <stdbool.h>

bool core_has_fpu(enum core core);
bool core_has_vtor(enum core core);
bool core_has_priority_masks(enum core core); // BASEPRI and FAULTMASK
bool core_has_stack_limits(enum core core);   // MSPLIM and PSPLIM
bool core_has_privilege(enum core core);      // CONTROL.nPRIV; 0 without it
bool core_may_lack_privilege(enum core core); // it has it as an option of Armv6-M

#endif
