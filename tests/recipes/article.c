// article.c: ST's article, step by step in the order in which it is printed.
// SPDX-License-Identifier: MIT
//
// "How to jump to system bootloader from application code on STM32 microcontrollers": interrupts
// masked, SysTick off, the clocks to their defaults (a HAL's call, which starts SysTick anew),
// five words of NVIC cleared, interrupts on, stack pointer, call. The article runs it on a
// NUCLEO-H723ZG with a LED lit and connects STM32CubeProgrammer over USB. Users of a U575 and a
// U5A5 report that the same sequence did not work for them.
#include "recipe.h"

void application(void)
{
    start_application();
    mask_interrupts();
    stop_tick();
    reset_clocks_as_hal();
    for (uint32_t i = 0; i < 5; i++) {
        *reg(NVIC_ICER + 4 * i) = 0xFFFFFFFFu;
        *reg(NVIC_ICPR + 4 * i) = 0xFFFFFFFFu;
    }
    unmask_interrupts();
    jump_in_c(CHIP_ROM);
}
