// bootleap_preinit.c: a hook: start-up code that runs .preinit_array calls bootleap_on_reset().
// SPDX-License-Identifier: MIT
//
// Add this file and nothing else is to be written; bootleap_hook.h says what it cannot do. Nothing
// refers to it, so a linker leaves it out of an archive: link its object. Beside
// bootleap_systeminit.c, whose hook has come before, it does nothing.
#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

typedef void (*hook)(void);

// The other hook, if the image has it.
extern void __wrap_SystemInit(void) __attribute__((weak));

// Without it nobody has written the words yet, and reading them can trap where RAM has parity.
static void on_preinit(void)
{
    uint32_t origin = __wrap_SystemInit ? kept_origin() : 0;

    keep_origin(origin & HOOKED_EARLY ? origin & ~HOOKED_EARLY : (uint32_t)bootleap_on_reset());
}

__attribute__((section(".preinit_array"), used)) static const hook entry = on_preinit;

// Weak, because the other hook has it too.
__attribute__((weak)) enum bootleap_origin bootleap_hooked_origin(void)
{
    return (enum bootleap_origin)(kept_origin() & ~HOOKED_EARLY);
}
