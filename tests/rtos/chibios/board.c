// board.c: what crt0 calls: caches on where there are any, as ChibiOS has it, and an empty board.
// SPDX-License-Identifier: MIT
#include "chibios.h"

#include <stdint.h>

#define SCB_CCR     0xE000ED14u
#define SCB_ICIALLU 0xE000EF50u

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

// crt1.c turns the caches on if CORTEX_MODEL is 7: here both, and no line of data is cached yet.
void __cpu_init(void)
{
#ifdef STM32H723xx
    *reg(SCB_ICIALLU) = 0;
    *reg(SCB_CCR) |= 0x30000u;
    __asm__ volatile("dsb\n"
                     "isb"
                     :
                     :
                     : "memory");
#else
    (void)reg(SCB_CCR + SCB_ICIALLU);
#endif
}

__attribute__((weak)) void __early_init(void)
{
}
