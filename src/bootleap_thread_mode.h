// bootleap_thread_mode.h: leaves handler mode: ends all exceptions that are active.
// SPDX-License-Identifier: MIT
//
// Not for users. Only where BOOTLEAP_DIRECT is 1. A handler ends by a return from its exception,
// and by nothing else: the core keeps which exceptions are active. So each is ended by a return of
// its own, into the next one that it has interrupted, the last into the thread.
#ifndef BOOTLEAP_THREAD_MODE_H
#define BOOTLEAP_THREAD_MODE_H

#include "bootleap_compiler.h"
#include "bootleap_devices.h"
#include "bootleap_registers.h"

#include <stdint.h>

#if BOOTLEAP_DIRECT

#if __ARM_ARCH >= 8
#define END_EXCEPTION (is_secure() ? 0xFFFFFFF1u : 0xFFFFFFB0u)

// Whether the core is in its secure state: only there can an address be secure. Where the option
// TZEN is 0 the core has none.
static int is_secure(void)
{
    uint32_t attributes;

    __asm__("tt %0, %1" : "=r"(attributes) : "r"(BOOTLEAP_MARK));
    return attributes >> 22 & 1;
}
#else
#define END_EXCEPTION 0xFFFFFFF1u
#endif

// Ends the exception that runs, as the end of its handler would, and goes on here: in exception
// `next`, which must be active, or in the thread for 0. The frame's other words do not matter.
BOOTLEAP_NOINLINE static void end_exception(uint32_t next)
{
    uint32_t how = END_EXCEPTION | (next ? 0u : 8u); // before r0 and r1, which a call may use
    register uint32_t xpsr __asm__("r0") = next | 1u << 24;
    register uint32_t end __asm__("r1") = how;

    __asm__ volatile(".syntax unified\n"
                     "adr r2, 1f\n"
                     "sub sp, #8\n"
                     "str r2, [sp]\n"
                     "str r0, [sp, #4]\n"
                     "push {r0-r5}\n"
                     "bx r1\n"
                     ".balign 4\n"
                     "1:\n"
                     : "+r"(xpsr), "+r"(end)
                     :
                     : "r2", "r3", "r12", "lr", "cc", "memory");
}

BOOTLEAP_NOINLINE static uint32_t current_exception(void)
{
    return read_ipsr() & 0x1FF;
}

#if __ARM_ARCH >= 7
// Other exceptions that are active, because one has interrupted the other. An interrupt is ended
// by a return into the next; the others' active bits can be written.
static void end_nested(void)
{
    for (uint32_t line = 0; line < 32 * BOOTLEAP_NVIC_WORDS; line++) {
        uint32_t active = *reg(NVIC_IABR + line / 32 * 4) >> line % 32 & 1;
        if (active && current_exception() != line + 16) {
            end_exception(line + 16);
        }
    }
    uint32_t number = current_exception(); // SHCSR: 4 to 15 less 4, 6 and 7 less 3
    uint32_t keep = number > 3 && number < 16 ? 1u << (number - 4 + (number >> 1 == 3)) : 0;
    *reg(SCB_SHCSR) &= keep | 0x24; // Armv8-M: HardFault, NMI
}
#else
static void end_nested(void) // no register of this core tells
{
}
#endif

// Goes on in thread mode, on the main stack, with no exception active. Call it with interrupts
// masked: else one that is pending comes at each end. Uses 32 bytes of the stack for each
// exception, and needs their handlers and frames no more. On a core without active bits (Armv6-M)
// it ends one exception only.
static void leave_handlers(void)
{
    if (current_exception() != 0) {
        end_nested();
        end_exception(0);
    }
}

#endif

#endif
