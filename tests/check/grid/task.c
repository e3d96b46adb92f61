// task.c: jumps from a task, whose stack is PSP: CONTROL is left as it is there.
// SPDX-License-Identifier: MIT
#include "start.h"

__attribute__((section(".noinit"))) static volatile uint32_t task_stack[64];

ALWAYS_INLINE void run_as_task(void)
{
    __asm__ volatile("msr psp, %0\nmsr control, %1\nisb"
                     :
                     : "r"(task_stack + 64), "r"(2)
                     : "memory");
}

SEPARATE void leave(void)
{
    select_rom_vectors();
    jump_in_assembly(CHIP_ROM);
}

void application(void)
{
    run_as_task();
    leave();
}
