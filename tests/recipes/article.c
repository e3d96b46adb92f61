// article.c: ST's article, step by step in the order in which it is printed.
// SPDX-License-Identifier: MIT
//
// "How to jump to system bootloader from application code on STM32 microcontrollers": interrupts
// masked, SysTick off, the clocks to their defaults (a HAL's call, which starts SysTick anew),
// five words of NVIC cleared, interrupts on, stack pointer, call. The article runs it on a
// NUCLEO-H723ZG with a LED lit and connects STM32CubeProgrammer over USB. With AS_TASK it is
// called from a thread of an RTOS, where users report restarts and faults; with TICK_LAST it
// stops SysTick after the clocks, which a user of an F446 found to be what it takes.
#include "recipe.h"

#if AS_TASK
__attribute__((section(".noinit"))) static volatile uint32_t thread_stack[128];
#endif

void application(void)
{
    start_application();
#if AS_TASK
    __asm__ volatile("msr psp, %0\nmovs r0, #2\nmsr control, r0\nisb"
                     :
                     : "r"(thread_stack + 128)
                     : "r0", "memory");
#endif
    mask_interrupts();
    stop_tick();
    reset_clocks_as_hal();
#if TICK_LAST
    stop_tick();
#endif
    for (uint32_t i = 0; i < 5; i++) {
        *reg(NVIC_ICER + 4 * i) = 0xFFFFFFFFu;
        *reg(NVIC_ICPR + 4 * i) = 0xFFFFFFFFu;
    }
    unmask_interrupts();
    jump_in_c(CHIP_ROM);
}
