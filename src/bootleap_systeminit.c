// bootleap_systeminit.c: a hook: with -Wl,--wrap=SystemInit it calls bootleap_on_reset() first.
// SPDX-License-Identifier: MIT
//
// Vendors' reset handlers call SystemInit() before anything else. Most clear .bss after it, so
// the origin is in .noinit.
#include "bootleap.h"

// An Arduino build compiles every file of this folder, cannot wrap, and has the other hook.
#ifndef ARDUINO

void __wrap_SystemInit(void);
// Weak, so that the file does no harm in a build that does not wrap.
void __real_SystemInit(void) __attribute__((weak));

static enum bootleap_origin origin __attribute__((section(".noinit")));

void __wrap_SystemInit(void)
{
    origin = bootleap_on_reset();
    __real_SystemInit();
}

enum bootleap_origin bootleap_hooked_origin(void)
{
    return origin;
}

#endif
