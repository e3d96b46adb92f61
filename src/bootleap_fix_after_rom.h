// bootleap_fix_after_rom.h: puts the vector table in force right after a ROM, without a reset.
// SPDX-License-Identifier: MIT
//
// For those who cannot reset after the ROM has started them. Needs bootleap_fix_after_rom.c and
// nothing else. MEM_MODE's register and clock are in bootleap_devices.h, with their sources.
// Valid C++ too.
#ifndef BOOTLEAP_FIX_AFTER_ROM_H
#define BOOTLEAP_FIX_AFTER_ROM_H

#ifdef __cplusplus
extern "C" {
#endif

// Puts `table` (the application's vector table) into VTOR, lets the alias at address 0 show flash
// again, and changes nothing else. Clocks, SysTick, enabled and pending interrupts, a watchdog: all
// stay as the ROM left them, SYSCFG's clock and PRIMASK as they were found. Call it instead of
// bootleap_on_reset(), from a privileged reset handler, before any interrupt can come that is the
// application's. A core without VTOR sees what is at the start of flash at 0, whatever `table` is:
// an application behind a loader has to copy its table to RAM there, as ever.
//
// `table` must be aligned as the core asks of VTOR: to its size rounded up to a power of two, and
// to 128 bytes at least (Armv7-M ARM, B3.2.5). It is not looked at.
void bootleap_fix_after_rom(const void *table);

#ifdef __cplusplus
}
#endif

#endif
