// semihosting.h: how code that QEMU runs prints a text and ends the run.
// SPDX-License-Identifier: MIT
//
// ARM's "Semihosting for AArch32 and AArch64": BKPT 0xAB with the operation in r0, and in r1
// the address of a text (SYS_WRITE0) or a reason (SYS_EXIT).
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stdint.h>

enum { SYS_WRITE0 = 4, SYS_EXIT = 0x18, APPLICATION_EXIT = 0x20026 };

static inline void semihosting(uint32_t operation, uint32_t argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register uint32_t r1 __asm__("r1") = argument;

    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

static inline void print(const char *text)
{
    semihosting(SYS_WRITE0, (uint32_t)(uintptr_t)text);
}

_Noreturn static inline void end_run(void)
{
    semihosting(SYS_EXIT, APPLICATION_EXIT);
    for (;;) {
    }
}

#endif
