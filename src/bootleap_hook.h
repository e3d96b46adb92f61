// bootleap_hook.h: what a hook found when it called bootleap_on_reset().
// SPDX-License-Identifier: MIT
//
// A hook calls bootleap_on_reset() where you do not edit the reset handler. Compile one of these
// files with your sources. If an image has two hooks, the first that runs counts. Valid C++ too.
//
// bootleap_systeminit.c, with the linker option -Wl,--wrap=SystemInit
//   Runs before SystemInit(), which a vendor's reset handler calls first. That is as good as a call
//   in the reset handler, if .data and .bss are not set up before. Otherwise the mark must lie in
//   neither. GCC's object of this file needs GNU's linker.
//   - Arduino (library.properties) and PlatformIO (library.json) pass the option by themselves. A
//     builder that is too old does not: then the linker warns, and bootleap_preinit.c does the
//     work.
//   - BOOTLEAP_NO_SYSTEM_INIT leaves this file empty, for start-up code without a SystemInit().
//   - GCC's link-time optimisation can bind the call past the hook: if it sees both SystemInit()
//     and its caller, or if both are in one file. No attribute prevents that. With
//     -Wl,--gc-sections the linker reports it ("... defined in discarded section
//     `.text.bootleap_hook_never_called'"). Without it the origin is FROM_RESET and the ROM is not
//     entered, unless the image has the other hook. Compile one of the two files with -fno-lto.
//     ST's start-up files are assembly: they are not affected. Nor is Clang, unless SystemInit()
//     does nothing.
//
// bootleap_keil.c, for Arm Compiler 6
//   The same with $Sub$$SystemInit. It needs no linker option.
//
// bootleap_preinit.c, for start-up code that calls __libc_init_array() (newlib)
//   Runs after SystemInit(), .data and .bss. Use another hook, or a call of your own, where you
//   can. Link its object: a linker leaves it out of an archive, because nothing refers to it.
//   - A mark in .data or .bss is lost: the request ends in the application, FROM_RESET.
//   - What ST's SystemInit() changes (the FPU, some registers) is undone for the ROM. What a
//     SystemInit() of your own starts (clocks, peripherals) is what the ROM finds.
//   - A VTOR that SystemInit() sets hides that the ROM started the image, by the BOOT0 pin and a Go
//     (ST's sets it on C0, H5, U0, U5 and WBA, Arduino's on all). In an image at the start of flash
//     (VTOR 0x08000000) the interrupts that the ROM has left on show it. An image whose vectors are
//     elsewhere runs on what the ROM has left. So does an F04x, whose start-up file sets MEM_MODE.
#ifndef BOOTLEAP_HOOK_H
#define BOOTLEAP_HOOK_H

#include "bootleap.h"

#ifdef __cplusplus
extern "C" {
#endif

// What bootleap_on_reset() returned when the hook called it, FROM_RESET if no hook ran. Call it at
// any time after that. Needs a section .noinit (8 bytes) where start-up code clears all the RAM
// that it is given.
enum bootleap_origin bootleap_hooked_origin(void);

#ifdef __cplusplus
}
#endif

#endif
