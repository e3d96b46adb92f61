// stack_limit.h: bootleap_on_reset() after MSPLIM was set, as ST's start-up code for H5 does it.
// SPDX-License-Identifier: MIT
//
// startup_stm32h563xx.s sets it to the lower end of the stack, then calls SystemInit(), which the
// hook wraps; those for U3 and WBA do the same (stm32duino/Arduino_Core_STM32 b4bae0d,
// system/Drivers/CMSIS/Device/ST). It is above the stack of the ROM.
#ifndef BOOTLEAP_TEST_STACK_LIMIT_H
#define BOOTLEAP_TEST_STACK_LIMIT_H

#include "bootleap.h"

#include <stdint.h>

extern uint32_t stack_top[];

static inline enum bootleap_origin on_reset_below_limit(void)
{
    __asm__ volatile("msr msplim, %0" : : "r"((uintptr_t)stack_top - 1024));
    return bootleap_on_reset();
}

#endif
