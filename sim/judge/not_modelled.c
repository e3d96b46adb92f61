// not_modelled.c: the list of what no run shows.
// SPDX-License-Identifier: MIT
#include "not_modelled.h"

#include <stddef.h>

const char *const not_modelled_always[] = {
    "time: one instruction is one cycle of the core's clock; buses, wait states and caches cost "
    "nothing, oscillators are exact, stop modes do not stop the clock",
    "the ROM's code: a stand-in answers; words 0 and 1 of its table have the right shape only",
    "interrupts of peripherals other than timers, serial lines, DMA, RNG and the pins of EXTI; low "
    "power, lazy FPU stacking",
    "faults as exceptions: a fault ends the run",
    "MPU: stores to memory are checked; loads, fetches and peripherals are not",
    "data cache: 16 KB in 4 ways on every chip that has one; no line is evicted, so what is not "
    "cleaned is lost; reads see what DMA wrote, which a real line would hide; instruction caches "
    "and branch prediction",
    "RAM with an error code: a unit that is not complete waits until another one is written, and "
    "a read does not end the wait; what the core merges in its store buffer; errors themselves, "
    "and reading RAM that was never written",
    "DMA that no serial line and no software asks: noise into memory, never out of it; it stands "
    "still while the core sleeps",
    "option bytes: they show what the row or the scenario says, whatever is written to them; OTP, "
    "unique id, write protection",
    "the backup domain: its registers and a pending alarm; no RTC, no tamper, no reset of its own",
    "the WWDG: its reset shows the same flags as the IWDG's",
    NULL,
};
