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
//   2. call bootleap_on_reset() first in the reset handler, or add the file of a hook (below);
//   3. call bootleap_enter() when the ROM is wanted.
//
// Other files, each for those who use it: bootleap_strerror.c (why it was refused, in words),
// bootleap_jump.c (into the ROM without a reset),
// bootleap_second_core.c (dual-core parts), bootleap_preinit.c or bootleap_systeminit.c (hooks).
//
// What may be defined with -D, for all files of the library alike:
//   BOOTLEAP_MARK  address of the mark: 8 bytes of RAM, 8-byte aligned, that neither the ROM
//                  nor a reset changes and that the reset handler does not use as stack.
//                  The application may use these bytes too: they matter only while it is not
//                  running. It must be the same in every version of the application that ever
//                  ran on the chip, and in a loader before it: the old image writes the mark,
//                  and the image that the ROM has put in its place reads it. An image that looks
//                  elsewhere takes the request for none, and the ROM's Go for a reset.
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
//   BOOTLEAP_ALLOW_RDP1           enter also under readout protection level 1, where the ROM
//                                 can do little but erase the whole chip.
//   BOOTLEAP_SECOND_CORE_PARKS    the second core calls bootleap_park_second_core().
//   BOOTLEAP_ERASE_FIRST_PAGE     where the ROM goes back to a flash that is not empty: erase
//                                 its first page on the way. The application is lost from then
//                                 on, and the chip starts its ROM until it is programmed again.
//   BOOTLEAP_BOOT0_PIN_IS_HIGH    where such a ROM also accepts a high BOOT0 pin: the board
//                                 holds it high while the ROM starts. A board can do that with
//                                 BOOTLEAP_HOLD, through the port of the pin itself; that the
//                                 ROM sees such a level is inferred, nobody has measured it.
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
// cleared: it needs a valid main stack pointer, privileged thread mode and nothing else. Keep
// what it returns in a register or in memory that the start-up code does not clear.
//
// When nothing is pending it changes no memory and no register (at most 60 instructions at
// -Os) and the reset flags stay as the chip set them. Otherwise it may not return: it hands
// over to the ROM when bootleap_enter() asked for it, and resets the chip once when the ROM
// has just started the application. A second call after the first has returned is harmless and
// finds FROM_RESET.
//
// Where option bytes let the ROM start each boot (BFB2 on parts with two banks), the ROM has
// always just started the application: every boot then has a reset more, and
// one after a Go that nobody asked for through bootleap_enter() is FROM_RESET like it. Nothing
// but the mark tells these resets apart: a BOOTLEAP_MARK that does not survive them makes a loop.
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

// Goes to the ROM without a reset, for those who cannot have one: outputs that must hold
// (BOOTLEAP_HOLD), RAM that must be kept. It undoes interrupts, SysTick, peripherals, DMA, USB's
// pull-up, caches, MPU, stack limits, the FPU's state and the clock tree itself, so that the ROM
// finds what bootleap_enter() would have left it. Prefer bootleap_enter(): what this one has to
// know about a chip is more, and what it does not know it cannot undo (docs/limits.md).
//
// Call it from a thread or an interrupt, on either stack, with interrupts masked or not, at any
// clock. On a Cortex-M0 or M0+ not from an interrupt that has interrupted another one: that core
// does not tell. RAM is kept but for what the ROM overwrites and the mark; outputs drop unless
// held. Where USB's clock runs it takes 10 ms at least and 40 ms at most with the pull-up off, so
// that the host notices; else well under a millisecond, and what a slow oscillator takes.
// An IWDG that runs is fed and gets its longest period. The way back is that of bootleap_enter():
// the next image must call bootleap_on_reset().
//
// Does not return on success. Returns what bootleap_probe() says, or one of the two refusals above,
// with nothing changed. If an oscillator does not answer, it enters through a reset instead.
// In bootleap_jump.c.
int bootleap_jump(void);

// A sentence for what bootleap_probe(), bootleap_enter() or bootleap_jump() returned. Never null.
// In bootleap_strerror.c.
const char *bootleap_strerror(int refusal);

// First call in the reset handler of the second core: sleeps for ever, with interrupts masked,
// while the first core is on its way into the ROM; otherwise returns and changes nothing. The
// next system reset ends the sleep. Both cores' images must have the same BOOTLEAP_MARK, in a
// RAM that both see at this address. Compile bootleap_second_core.c into the second core's
// image, and the rest of the library into the first's; only the first core may enter the ROM.
void bootleap_park_second_core(void);

// Another way back, in bootleap_return.c: a second vector table, to which the host's Go goes
// instead of to the application's. Its handler writes the mark that says "from the ROM" and resets,
// so that the application starts clean, whether its reset handler calls bootleap_on_reset() (which
// then finds FROM_ROM, by whatever way the ROM was started) or not. Nothing in C calls it: the file
// is compiled in beside bootleap.c, and one line of the linker script places the table, after the
// application's own:
//
//     KEEP(*(.isr_vector))
//     . = ALIGN(0x200); KEEP(*(.bootleap_return))
//
// in the section that begins with the vector table. That is 0x200 behind its start for tables of up
// to 112 interrupts, and 0x400 for longer ones: `nm` shows where bootleap_return is. It is a
// multiple of 0x200 if the application's start is one.
//   BOOTLEAP_STACK_TOP  the linker's symbol for the initial stack (default _estack): the table's
//                       first word, which a ROM judges before it goes there.
// AN3155's Go, and so bootleap and stm32flash, takes the address of the table, 0x08000200. A tool
// that jumps to code itself (a debugger; docs/ways-back.md) takes bootleap_return_handler.
// BOOT0 must be low by then, as for any reset. Where no way into the ROM is known it only resets.

// For those who cannot reset after the ROM has started them: puts `table` (the application's vector
// table) into VTOR, lets the alias at address 0 show flash again, and changes nothing else. Clocks,
// SysTick, enabled and pending interrupts, a watchdog: all stay as the ROM left them, SYSCFG's
// clock and PRIMASK as they were found. Call it instead of bootleap_on_reset(), from a privileged
// reset handler, before any interrupt can come that is the application's. A core without VTOR sees
// what is at the start of flash at 0, whatever `table` is: an application behind a loader has to
// copy its table to RAM there, as ever. In bootleap_fix_after_rom.c.
void bootleap_fix_after_rom(const void *table);

// The last resort, for those who cannot jump into the ROM, in bootleap_option_bytes.c: programs the
// option bits that have a reset start the ROM (nBOOT0 and its like; BOOT_ADD0), as one read, one
// change of these bits, one write of the rest as it was, and has them loaded by a reset. docs/
// devices.md says which parts have such bits, and which they are.
//
// IT STAYS SO: every reset and every power-on starts the ROM, until the bits are programmed back:
// by the host (docs/ways-back.md), or by bootleap_restore_option_bytes() in an application that the
// host starts by Go. Each use wears the option bytes as an erase wears flash. What power leaves
// that fails in the middle is not known here.
//
// Interrupts are masked; code runs from flash, which a single bank makes wait. Does not return on
// success. Otherwise what is in force has not changed, and it returns an enum bootleap_refusal:
// what bootleap_probe() says of option bytes, or one of the three that name them above. No mark is
// left: the application's next start is FROM_RESET.
int bootleap_enter_by_option_bytes(void);

// The way out of it: if the bits are those that start the ROM, programs those that start flash and
// resets, which does not return on success (else BOOTLEAP_OPTION_BYTES_FAILED). If they are not, it
// changes nothing and returns 0: harmless at every start. An application that may enter by option
// bytes calls it BEFORE bootleap_on_reset(), whose own reset would start the ROM again.
int bootleap_restore_option_bytes(void);

// What bootleap_on_reset() returned when a hook called it. The hooks, one per image:
//   bootleap_systeminit.c  with -Wl,--wrap=SystemInit: before the SystemInit() of the vendor's
//                          code, which its reset handler calls first. As good as a call written
//                          there, if .data and .bss are not set up before it: then the mark must
//                          be in neither. Link-time optimisation can inline SystemInit past it.
//   bootleap_preinit.c     for start-up code that calls __libc_init_array() (Arduino, newlib):
//                          after SystemInit(), .data and .bss. A mark that lies in these is lost
//                          before it is read: the request then ends in the application,
//                          FROM_RESET. Clocks and VTOR that SystemInit() has set are what the ROM
//                          finds, and a VTOR that it has set hides the trace of the ROM: keep
//                          to the other hook, or to a call of your own, where you can.
// Needs a section .noinit where start-up code clears all the RAM that it is given.
enum bootleap_origin bootleap_hooked_origin(void);

#ifdef __cplusplus
}
#endif

#endif
