// bootleap_preinit.c: a hook: start-up code that runs .preinit_array calls bootleap_on_reset().
// SPDX-License-Identifier: MIT
//
// Add this file and nothing else is to be written; bootleap_hook.h says what it cannot do. Nothing
// refers to it, so a linker leaves it out of an archive: link its object.
#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

typedef void (*hook)(void);

static void on_preinit(void)
{
    bootleap_noinit_origin = bootleap_on_reset();
}

__attribute__((section(".preinit_array"), used)) static const hook entry = on_preinit;

enum bootleap_origin bootleap_hooked_origin(void)
{
    return bootleap_noinit_origin;
}
