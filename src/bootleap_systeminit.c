// bootleap_systeminit.c: a hook: with -Wl,--wrap=SystemInit it calls bootleap_on_reset() first.
// SPDX-License-Identifier: MIT
//
// Vendors' reset handlers call SystemInit() before anything else. A build that has this file and
// does not wrap does not link: "undefined reference to `__real_SystemInit'" (in an Arduino sketch
// it links with a warning). bootleap_hook.h says what the linker says of the other error below.

// Where every file of this folder is compiled (PlatformIO) and start-up code has no SystemInit(),
// define BOOTLEAP_NO_SYSTEM_INIT: this file is empty then, and the other hook is the one.
#ifndef BOOTLEAP_NO_SYSTEM_INIT

#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

void __wrap_SystemInit(void);

#ifndef ARDUINO

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

#else

// An Arduino sketch cannot set the linker's flags. library.properties does, for builders from 2018
// on. An older one does not read them: there the other hook does the work, and GNU's linker warns
// with this text, which it prints where the name is looked for and --wrap has not made it.
__attribute__((weak)) void __real_SystemInit(void);
__asm__(".pushsection .gnu.warning.__real_SystemInit, \"\", %progbits\n"
        ".asciz \"bootleap: no --wrap=SystemInit, so the hook comes late: see docs/arduino.md\"\n"
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
