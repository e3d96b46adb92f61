// task.c: jumps from a task of an RTOS, which runs on the process stack.
// SPDX-License-Identifier: MIT
//
// Thread of ST's article: called from a FreeRTOS task the jump did not work until CONTROL was
// written, because setting MSP has no effect on a task's stack pointer. With CONTROL_FIRST the
// writer's mend is in. Everything but SP is put right before.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t task_stack[64];

static void run_as_task(void)
{
    __asm__ volatile("msr psp, %0\nmovs r0, #2\nmsr control, r0\nisb"
                     :
                     : "r"(task_stack + 64)
                     : "r0", "memory");
}

void application(void)
{
    run_as_task();
    clear_interrupts();
    clock_remap();
    remap();
#if CONTROL_FIRST
    __asm__ volatile("movs r0, #0\nmsr control, r0\nisb" : : : "r0", "memory");
#endif
    jump_in_assembly(CHIP_ROM);
}
