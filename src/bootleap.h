// bootleap.h: the manual: how an STM32 goes from its application into ST's ROM, and back.
// SPDX-License-Identifier: MIT
//
// The idea: leave a mark, reset, jump from clean hardware; on the way back, reset once more.
// bootleap_enter() writes the mark and resets the chip. bootleap_on_reset(), the first thing
// that the reset handler calls, finds the mark and hands over to the ROM while every
// peripheral is still in its reset state, so there is nothing to undo. When the ROM starts
// the application again, bootleap_on_reset() sees that and resets once more, so that the
// application never runs on clocks, interrupts or a vector table that the ROM left behind.
//
// What a user does:
//   1. compile bootleap.c with the other sources; the part is known from the CMSIS macro that
//      vendor headers use (STM32H723xx, ...); bootleap_devices.h lists the known ones;
//   2. call bootleap_on_reset() first in the reset handler;
//   3. call bootleap_enter() when the ROM is wanted.
//
// Two constants may be overridden with -D, and then for every version of the application
// alike, because an old one writes the mark that a new one reads:
//   BOOTLEAP_MARK  address of the mark: 8 bytes of RAM, 8-byte aligned, that neither the ROM
//                  nor a reset changes and that the reset handler does not use as stack.
//                  The application may use these bytes too: they matter only while it is not
//                  running.
//   BOOTLEAP_ROM   address of the ROM's vector table.
//
// Needs no linker script, no memory of its own, no library. C11, GCC or Clang; this header
// is also valid C++.
#ifndef BOOTLEAP_H
#define BOOTLEAP_H

#ifdef __cplusplus
extern "C" {
#endif

// Why the application is running.
enum bootleap_origin {
    BOOTLEAP_FROM_RESET,  // power-on, pin, watchdog, software: not our doing
    BOOTLEAP_FROM_ROM,    // the ROM was left on purpose: Go, or the host's reset
    BOOTLEAP_LEFT_ROM,    // the ROM was entered, and a pin, watchdog or option-byte reset ended it
    BOOTLEAP_ROM_GAVE_UP, // the ROM reset itself 17 times (found no crystal?) and was not tried
                          // again
};

// Why bootleap_enter() came back. Negative, so that 0 stays free.
enum bootleap_refusal {
    BOOTLEAP_UNPRIVILEGED = -1, // unprivileged code may not reset the chip: call it from an
                                // interrupt or a privileged task
    BOOTLEAP_NO_WAY_IN = -2,    // no way is known from the application into the ROM of this part,
                                // or none that leaves the application in flash: docs/devices.md
                                // says which. bootleap_on_reset() then always finds FROM_RESET
};

// Decides, after each reset, whether the ROM or the application runs next.
//
// Call it first in the reset handler, before clocks are set up, .data is copied or .bss
// cleared: it needs a valid main stack pointer, privileged thread mode and nothing else. Keep
// what it returns in a register or in memory that the start-up code does not clear.
//
// When nothing is pending it changes no memory and no register (at most 60 instructions at
// -Os) and the reset flags stay as the chip set them. Otherwise it may not return: it hands
// over to the ROM when bootleap_enter() asked for it, and resets the chip once when the ROM
// has just started the application.
//
// The reset flags read 0 after the ROM was entered or left: both clear them.
enum bootleap_origin bootleap_on_reset(void);

// Goes to the ROM through a reset. Call it from a thread or an interrupt, on either stack,
// with interrupts masked or not, at any clock. What is not saved is lost, as by any reset.
//
// Does not return on success. Returns a negative enum bootleap_refusal, with nothing
// changed, when the caller cannot do it.
int bootleap_enter(void);

#ifdef __cplusplus
}
#endif

#endif
