// bootleap_jump.h: goes to the ROM without a reset.
// SPDX-License-Identifier: MIT
//
// For those who cannot have a reset: outputs that must hold (BOOTLEAP_HOLD), RAM that must be kept.
// Prefer bootleap_enter(): what this way has to know about a chip is more, and what it does not
// know it cannot undo (docs/limits.md). Needs bootleap_jump.c beside the files of bootleap.h.
// Which clocks, resets and controllers a part has is in bootleap_devices.h, with its sources.
// Valid C++ too.
#ifndef BOOTLEAP_JUMP_H
#define BOOTLEAP_JUMP_H

#ifdef __cplusplus
extern "C" {
#endif

// It undoes interrupts, SysTick, peripherals, DMA, USB's pull-up, caches, MPU, stack limits, the
// FPU's state, the clock tree, supplies (PWR) and SYSCFG or SBS itself, so that the ROM finds what
// bootleap_enter() would have left it. Not: clock enables for sleep (LPENR, SMENR); the FSMC of
// the F1 and OCTOSPI of H5, H7, L5 and U5; what only a reset ends, as locks (SBS_CFGR2) and CSSON
// on many series; banks that the application has swapped (FB_MODE); memory controllers (FMC,
// QUADSPI, OCTOSPI) where this code is in a memory outside. bootleap_enter() leaves none of these.
//
// Call it from a thread or an interrupt, on either stack, with interrupts masked or not, at any
// clock. On a Cortex-M0 or M0+ not from an interrupt that has interrupted another one: that core
// does not tell. RAM is kept but for what the ROM overwrites and the mark; outputs drop unless
// held. Where USB's clock runs it takes 10 ms at least and 40 ms at most with the pull-up off, so
// that the host notices; else well under a millisecond, and what a slow oscillator takes.
// An IWDG that runs is fed and gets its longest period. The way back is that of bootleap_enter():
// the next image must call bootleap_on_reset().
//
// Does not return on success. Returns an enum bootleap_refusal of bootleap.h, with nothing
// changed: what bootleap_probe() says, BOOTLEAP_NO_DIRECT_WAY or BOOTLEAP_WINDOW_WATCHDOG. If an
// oscillator does not answer, it enters through a reset instead.
int bootleap_jump(void);

#ifdef __cplusplus
}
#endif

#endif
