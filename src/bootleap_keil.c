// bootleap_keil.c: a hook for Arm Compiler 6: $Sub$$SystemInit calls bootleap_on_reset() first.
// SPDX-License-Identifier: MIT
//
// armlink gives each call of SystemInit() from another file to $Sub$$SystemInit, and calls
// SystemInit() itself $Super$$SystemInit (its user guide: "Use of $Super$$ and $Sub$$ to patch
// symbol definitions"). Vendors' reset handlers call SystemInit() before anything else; .data and
// .bss are set up after it. docs/keil.md says how the file is used, bootleap_hook.h is its manual.
// Other compilers get nothing.
#ifdef __ARMCC_VERSION

#include "bootleap_compiler.h"
#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

// C has no $ in its names.
void sub_system_init(void) __asm("$Sub$$SystemInit");
void super_system_init(void) __asm("$Super$$SystemInit");

void sub_system_init(void)
{
    keep_origin((uint32_t)bootleap_on_reset());
    super_system_init();
}

enum bootleap_origin bootleap_hooked_origin(void)
{
    return (enum bootleap_origin)kept_origin();
}

#else

typedef int nothing_here; // C wants at least one declaration in a file

#endif
