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
//   1. compile bootleap.c and bootleap_probe.c with the other sources; the part is known from
//      the CMSIS macro that vendor headers use (STM32H723xx, ...); bootleap_devices.h lists the
//      known ones;
//   2. call bootleap_on_reset() first in the reset handler, or add a hook (bootleap_hook.h);
//   3. call bootleap_enter() when the ROM is wanted.
//
// Other files, each for those who use it, with a header of the same name that is its manual:
//   bootleap_strerror      why it was refused, in words
//   bootleap_jump          into the ROM without a reset
//   bootleap_second_core   dual-core parts: keeps the second core away from the ROM
//   bootleap_preinit, bootleap_systeminit, bootleap_keil   hooks that call bootleap_on_reset();
//                          their header is bootleap_hook.h
//   bootleap_return        another way back: a second vector table
//   bootleap_fix_after_rom for those who cannot reset after the ROM
//   bootleap_option_bytes  the last resort: option bytes that have every reset start the ROM
// The headers without such a file are the library's own; they lie beside these.
//
// What may be defined with -D, for all files of the library alike:
//   BOOTLEAP_MARK  address of the mark: 8 bytes of RAM, 8-byte aligned, that neither the ROM
//                  nor a reset changes and that the reset handler does not use as stack.
//                  The application may use these bytes too: they matter only while it is not
//                  running. It must be the same in every version of the application that ever
//                  ran on the chip, and in a loader before it: the old image writes the mark,
//                  and the image that the ROM has put in its place reads it. An image that looks
//                  elsewhere takes the request for none, and the ROM's Go for a reset. So the
//                  address of a chip's mark never changes; the one exception is STM32C031,
//                  whose mark was at 0x20001F00 before and is at 0x20002800.
//   BOOTLEAP_MARK_IN_BACKUP       the mark is in two backup registers: the last of the smallest
//                                 part of the line, or where BOOTLEAP_MARK says. For start-up
//                                 code or a loader that uses all RAM, and for RAM that option
//                                 bytes erase. Not where tamper detection clears the registers, or
//                                 code resets the backup domain. Looking for the mark then starts
//                                 and stops their clocks, in more instructions than below. A
//                                 compile error where the table knows no such registers.
//   BOOTLEAP_ROM   address of the ROM's vector table.
//   BOOTLEAP_HOLD  writes before the ROM starts, as {address, value}, {address, value}, ...: a
//                  power latch that must hold, say. A port needs its clock first. The ROM finds
//                  these registers changed, which is the one thing that it does not find after
//                  a reset: choose pins that it does not use (docs/devices.md). A reset still
//                  drops the pins for microseconds; bootleap_jump() does not: ports that are
//                  written to here are not reset on its way.
//   BOOTLEAP_EXECUTE_ONLY         for flash that gives no data (PCROP with -mpure-code or
//                                 -mexecute-only): words that bootleap.c has among its instructions
//                                 are in .rodata. A build for such flash without it is an error
//                                 (GCC from 12 on, which takes -mslow-flash-data for one, and
//                                 Clang). Not with BOOTLEAP_ERASE_FIRST_PAGE on a part that needs
//                                 it: the code that erases is copied.
//   BOOTLEAP_ALLOW_RDP1           enter also under readout protection level 1, where the ROM
//                                 can do little but erase the whole chip.
//   BOOTLEAP_SECOND_CORE_PARKS    the second core calls bootleap_park_second_core()
//                                 (bootleap_second_core.h).
//   BOOTLEAP_ERASE_FIRST_PAGE     where the ROM goes back to a flash that is not empty: erase
//                                 its first page on the way. The application is lost from then
//                                 on, and the chip starts its ROM until it is programmed again.
//   BOOTLEAP_BOOT0_PIN_IS_HIGH    where such a ROM also accepts a high BOOT0 pin: the board
//                                 holds it high while the ROM starts. A board can do that with
//                                 BOOTLEAP_HOLD, through the port of the pin itself; that the
//                                 ROM sees such a level is inferred, nobody has measured it.
//
// Needs no linker script, no memory of its own, no library. C99, with GCC or Clang; Arm Compiler 6
// has docs/keil.md, IAR docs/iar.md. This header is also valid C++.
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

// Why the ROM cannot be entered, and what can be done. Negative, so that 0 stays free.
enum bootleap_refusal {
    BOOTLEAP_UNPRIVILEGED = -1, // unprivileged code may not reset the chip: call it from an
                                // interrupt or a privileged task
    BOOTLEAP_NO_WAY_IN = -2,    // no way is known from the application into the ROM of this part
                                // (docs/devices.md): use its pins. bootleap_on_reset() then always
                                // finds FROM_RESET
    BOOTLEAP_MARK_UNDER_STACK = -3, // the mark lies in the 256 bytes (512 where the ROM looks at
                                    // flash) below the initial stack of the vector table in
                                    // force, where the reset handler would overwrite it: move
                                    // the stack, or define BOOTLEAP_MARK
    BOOTLEAP_NO_ROM = -4,      // what lies at BOOTLEAP_ROM is no vector table of a ROM: the part's
                               // macro, or BOOTLEAP_ROM, is of another chip
    BOOTLEAP_RDP_LEVEL_2 = -5, // readout protection level 2: the ROM is closed for ever
    BOOTLEAP_RDP_LEVEL_1 = -6, // readout protection: the ROM answers, but reads and writes nothing
                               // until it has erased the whole chip. Define BOOTLEAP_ALLOW_RDP1
                               // if that is wanted
    BOOTLEAP_BOOT_LOCK = -7,   // BOOT_LOCK: clear it, where protection allows that
    BOOTLEAP_TRUSTZONE = -8,   // TZEN: the ROM is left to the secure side; set TZEN to 0
    BOOTLEAP_PRODUCT_STATE = -9,     // the product state is past Open: go back to it by regression
    BOOTLEAP_DUAL_BANK = -10,        // the option bytes make the ROM start a bank: change them
    BOOTLEAP_RAM_ERASED = -11,       // the option bytes erase the RAM of the mark at each reset:
                                     // change them, or define BOOTLEAP_MARK in another RAM
    BOOTLEAP_HARDWARE_WWDG = -12,    // option bytes start the WWDG, which the ROM does not feed:
                                     // set them to the software watchdog
    BOOTLEAP_WATCHDOG_NOT_FED = -13, // option bytes start the IWDG, and nobody says that this ROM
                                     // feeds it: set them to the software watchdog
    BOOTLEAP_SECOND_CORE = -14,      // the second core starts by itself: let it call
                                     // bootleap_park_second_core() and define
                                     // BOOTLEAP_SECOND_CORE_PARKS
    BOOTLEAP_ROM_LOOKS_AT_FLASH = -15, // this ROM goes back to a flash that is not empty: define
                                       // BOOTLEAP_ERASE_FIRST_PAGE, or where the table allows it
                                       // BOOTLEAP_BOOT0_PIN_IS_HIGH
    BOOTLEAP_NO_DIRECT_WAY = -16, // bootleap_jump(): the clocks of this part's reset are not known
                                  // well enough (docs/devices.md): use bootleap_enter()
    BOOTLEAP_NO_OPTION_BYTES = -17, // no option bits of this part have a reset start the ROM, or
                                    // programming them could lose the chip (docs/ways-back.md)
    BOOTLEAP_OPTION_BYTES_FAILED = -18, // the flash controller is busy, stays locked or reports an
                                        // error: what is in force has not changed
    BOOTLEAP_BOOT_ADDRESS = -19,        // the option bits would start another address than the
                                        // ROM's: program that first
    BOOTLEAP_WINDOW_WATCHDOG = -20, // bootleap_jump(): the WWDG runs, and only a reset stops it:
                                    // use bootleap_enter()
};

// Decides, after each reset, whether the ROM or the application runs next.
//
// Call it first in the reset handler, before clocks are set up, .data is copied or .bss
// cleared: it needs a valid main stack pointer, privileged thread mode, and no exception that a
// loader has left pending (a way into the ROM would open the mask to it). Keep what it returns in
// a register or in memory that the start-up code does not clear: docs/recipes.md (8) has the four
// lines for ST's start-up files, which are assembly.
//
// When nothing is pending it changes no memory and no register (at most 60 instructions at
// -Os) and the reset flags stay as the chip set them. Interrupts are masked meanwhile; PRIMASK is
// then as it was found, set or not. Otherwise it may not return: it hands
// over to the ROM when bootleap_enter() asked for it, and resets the chip once when the ROM
// has just started the application. A second call after the first has returned is harmless and
// finds FROM_RESET.
//
// Where option bytes let the ROM start each boot (BFB2 on parts with two banks), the ROM has
// always just started the application: every boot then has a reset more, and
// one after a Go that nobody asked for through bootleap_enter() is FROM_RESET like it. Nothing
// but the mark tells these resets apart: a BOOTLEAP_MARK that does not survive them makes a loop.
//
// Where option bytes switch the RAM's parity check on, a read of what nobody has written since
// power-on is an NMI. The mark is not read while the power-on flag is set. So who clears the reset
// flags must have written the mark's 8 bytes before, after this call, with 0 or with what the
// application keeps there (BOOTLEAP_MARK in bootleap_devices.h). Else the next reset, a watchdog's
// say, ends in NMI_Handler. Start-up code that writes all RAM does it, too: after this call.
//
// The reset flags read 0 after the ROM was entered or left: both clear them.
enum bootleap_origin bootleap_on_reset(void);

// Says whether the ROM can be entered from here: the caller, option bytes, the initial stack, the
// ROM's table. Changes nothing. It reads option registers and system memory: an MPU that forbids
// that to privileged code must be off.
//
// Returns 0, or the enum bootleap_refusal that is found first. What it cannot see: whether
// somebody listens to the ROM, and what docs/devices.md lists as defects.
int bootleap_probe(void);

// Goes to the ROM through a reset. Call it from a thread or an interrupt, on either stack,
// with interrupts masked or not, at any clock. What is not saved is lost, as by any reset.
// DMA is stopped first; other masters (Ethernet, USB, graphics) must not be writing to the mark.
//
// Does not return on success. Returns what bootleap_probe() says, with nothing changed, when
// that is a refusal.
int bootleap_enter(void);

#ifdef __cplusplus
}
#endif

#endif
