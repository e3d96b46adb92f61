// bootleap_privilege.h: whether the code that runs may reset the chip.
// SPDX-License-Identifier: MIT
//
// Not for users.
#ifndef BOOTLEAP_PRIVILEGE_H
#define BOOTLEAP_PRIVILEGE_H

#include "bootleap_compiler.h"

#include <stdint.h>

// Returns 1 in a thread that is unprivileged, 0 otherwise. Handlers are always privileged.
// Unprivileged code reads IPSR as 0 and CONTROL as it is (Armv7-M ARM, B5.2.2).
static int is_unprivileged(void)
{
    uint32_t control = read_control(), exception = read_ipsr();

    return control & 1 && exception == 0;
}

#endif
