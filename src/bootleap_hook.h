// bootleap_hook.h: what a hook found when it called bootleap_on_reset().
// SPDX-License-Identifier: MIT
//
// The hooks; of two in one image the first counts:
//   bootleap_systeminit.c  with -Wl,--wrap=SystemInit: before the SystemInit() of the vendor's
//                          code, which its reset handler calls first. As good as a call written
//                          there, if .data and .bss are not set up before it: then the mark must
//                          be in neither. Where GCC's link-time optimisation sees the caller of
//                          SystemInit() and SystemInit() itself, or both are in one file, it binds
//                          the call past the hook, whatever the level, noinline or noipa. With
//                          -Wl,--gc-sections that does not link ("... defined in discarded section
//                          `.text.bootleap_hook_never_called'"), without it the origin is
//                          FROM_RESET and the ROM is not entered, unless the image has the other
//                          hook. One of the two files with -fno-lto cures it. ST's start-up files
//                          are assembly, which it does not see; Clang binds through the hook,
//                          unless SystemInit() does nothing. GCC's object of this file needs GNU's
//                          linker. Arduino (library.properties) and PlatformIO (library.json)
//                          wrap by themselves. Where an Arduino builder is too old to do so, the
//                          linker warns, and the other hook does the work. BOOTLEAP_NO_SYSTEM_INIT
//                          leaves this file empty, for start-up code that has no SystemInit().
//   bootleap_preinit.c     for start-up code that calls __libc_init_array() (newlib):
//                          after SystemInit(), .data and .bss. A mark that lies in these is lost
//                          before it is read: the request then ends in the application,
//                          FROM_RESET. What ST's SystemInit() has changed (the FPU, some
//                          registers) is undone for the ROM; a SystemInit() of your own that
//                          starts clocks or peripherals is what the ROM finds. A VTOR that it has
//                          set (ST's does on C0 H5 U0 U5 WBA, Arduino's everywhere) hides that the
//                          ROM has started the image, after BOOT0 pins and the host's Go. An image
//                          at the start of flash (VTOR is 0x08000000) is told by the interrupts
//                          that the ROM has left on. One with its vectors elsewhere, and an F04x,
//                          whose start-up file sets MEM_MODE, runs on what the ROM has left. Keep
//                          to the other hook, or to a call of your own, where you can.
// Link the hook's object: a linker leaves it out of an archive. Valid C++ too.
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
