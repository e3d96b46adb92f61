// system.c: what start-up code calls first, in the shape of ST's: the floating point unit on.
// SPDX-License-Identifier: MIT
#include <stdint.h>

#define SCB_CPACR 0xE000ED88u

void SystemInit(void);

void SystemInit(void)
{
    *(volatile uint32_t *)SCB_CPACR |= 0xF00000u;
}
