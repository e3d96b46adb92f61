// states.h: the states in which an application asks for the ROM, made from outside.
// SPDX-License-Identifier: MIT
//
// The firmware that is judged need not bring about a state itself: when it gets to the symbol
// of --enter-at, the chip is put into one, as if the code before had done so.
#ifndef BOOTLEAP_SIM_STATES_H
#define BOOTLEAP_SIM_STATES_H

#include "chip.h"

enum application_state {
    STATE_THREAD,        // thread mode on the main stack, as after a reset
    STATE_PROCESS_STACK, // a task on the process stack
    STATE_HANDLER,       // an interrupt handler
    STATE_PRIMASK,       // interrupts masked, by each of the registers
    STATE_BASEPRI,
    STATE_FAULTMASK,
    STATE_FPU,             // the FPU in use
    STATE_MPU,             // the mark is in a region that must not be written
    STATE_CACHES,          // instruction and data cache on, lines dirty
    STATE_CLOCKS,          // all oscillators and PLLs on, system clock switched, all clocks enabled
    STATE_PENDING,         // SysTick running, interrupts, PendSV and SysTick pending
    STATE_DMA,             // a DMA channel writes memory
    STATE_DMA_OVER_MARK,   // ... where the mark is
    STATE_STACK_LIMITS,    // MSPLIM set
    STATE_WATCHDOG,        // the IWDG running
    STATE_ALARM,           // an alarm of the RTC pending, which outlives the reset
    STATE_UNPRIVILEGED,    // a task that may not reset the chip
    STATE_NESTED,          // an interrupt handler that came while another one ran
    STATE_SYSTICK_HANDLER, // the handler of SysTick, which runs
    STATE_FPU_HANDLER,     // an interrupt handler, the FPU's registers not stacked yet
    STATE_LIMITED_TASK,    // a task on the process stack, MSPLIM and PSPLIM set
    STATE_FAULTS,          // faults have handlers of their own
    STATE_VTOR,            // the vector table in RAM
    STATE_PINS,            // every pin an output and high
    STATE_PERIPHERALS,     // USARTs and timers on, and something that nobody models
    STATE_WINDOW_WATCHDOG, // the WWDG running
    STATE_SLOW_CLOCKS,     // one oscillator runs, slower than that of a reset, which is off
    STATE_USB,             // USB in use, its pull-up on
    STATE_EVENTS,          // EXTI in use, where the row knows it
    STATE_SETTINGS,        // PWR, SYSCFG or SBS, VREFBUF and others not as after a reset
    STATES,
};

// Its name on the command line: "process-stack". NULL for STATES and above.
const char *state_name(enum application_state state);

// Whether this device can be in this state.
bool state_exists(const struct device *device, enum application_state state);

// Puts the chip into the state. The application must be in privileged thread mode on the main
// stack, between two instructions.
void state_make(struct chip *chip, enum application_state state);

#endif
