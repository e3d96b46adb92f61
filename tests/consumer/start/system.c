// system.c: SystemInit() in the shape of ST's: it switches the FPU on.
// SPDX-License-Identifier: MIT
#include <stdint.h>

void SystemInit(void);

void SystemInit(void)
{
    *(volatile uint32_t *)0xE000ED88u |= 0xFu << 20;
}
