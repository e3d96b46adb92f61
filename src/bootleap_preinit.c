// bootleap_preinit.c: a hook: start-up code that runs .preinit_array calls bootleap_on_reset().
// SPDX-License-Identifier: MIT
//
// Add this file and nothing else is to be written; bootleap.h says what it cannot do. Nothing
// refers to it, so a linker leaves it out of an archive: link its object.
#include "bootleap.h"

typedef void (*hook)(void);

// After .bss is cleared, so it needs a place only that nobody clears later.
static enum bootleap_origin origin __attribute__((section(".noinit")));

static void on_preinit(void)
{
    origin = bootleap_on_reset();
}

__attribute__((section(".preinit_array"), used)) static const hook entry = on_preinit;

enum bootleap_origin bootleap_hooked_origin(void)
{
    return origin;
}
