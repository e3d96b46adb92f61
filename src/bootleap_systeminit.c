// bootleap_systeminit.c: a hook: with -Wl,--wrap=SystemInit it calls bootleap_on_reset() first.
// SPDX-License-Identifier: MIT
//
// Vendors' reset handlers call SystemInit() before anything else. A build that has this file and
// does not wrap does not link: "undefined reference to `__real_SystemInit'". bootleap_hook.h says
// what the linker says of the other error below.

// An Arduino build compiles every file of this folder, cannot wrap, and has the other hook.
#ifndef ARDUINO

#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

void __wrap_SystemInit(void);
void __real_SystemInit(void);

// Without --wrap nobody calls the function below, and a linker would leave it out without a word.
// A section that it must keep ("R") has it look for this name, which only --wrap makes.
__asm__(".pushsection .rodata.bootleap_wrapped, \"aR\", %progbits\n"
        ".balign 4\n"
        ".word __real_SystemInit\n"
        ".popsection\n");

// Nor does anybody where GCC binds the call past --wrap (bootleap_hook.h). GNU's linker leaves the
// function out then, unless it keeps all. A relocation of this kind does not make it keep anything,
// and one that is for something left out is an error. LLVM's linker does not know it.
#ifndef __clang__
__asm__(".pushsection .rodata.bootleap_wrapped, \"aR\", %progbits\n"
        ".reloc 0, R_ARM_GNU_VTENTRY, __wrap_SystemInit\n"
        ".popsection\n");
#endif

// The linker's error names this section.
#define NAMED __attribute__((section(".text.bootleap_hook_never_called")))

NAMED void __wrap_SystemInit(void)
{
    keep_origin((uint32_t)bootleap_on_reset() | HOOKED_EARLY);
    __real_SystemInit();
}

// Weak, because the other hook has it too.
__attribute__((weak)) enum bootleap_origin bootleap_hooked_origin(void)
{
    return (enum bootleap_origin)(kept_origin() & ~HOOKED_EARLY);
}

#else

typedef int nothing_here; // C wants at least one declaration in a file

#endif
