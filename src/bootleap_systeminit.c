// bootleap_systeminit.c: a hook: with -Wl,--wrap=SystemInit it calls bootleap_on_reset() first.
// SPDX-License-Identifier: MIT
//
// Vendors' reset handlers call SystemInit() before anything else.

// An Arduino build compiles every file of this folder, cannot wrap, and has the other hook.
#ifndef ARDUINO

#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

void __wrap_SystemInit(void);
// Weak, so that the file does no harm in a build that does not wrap.
void __real_SystemInit(void) __attribute__((weak));

void __wrap_SystemInit(void)
{
    bootleap_noinit_origin = bootleap_on_reset();
    __real_SystemInit();
}

enum bootleap_origin bootleap_hooked_origin(void)
{
    return bootleap_noinit_origin;
}

#else

typedef int nothing_here; // C wants at least one declaration in a file

#endif
