// cmsis_os.h: as much of CMSIS-RTOS as a generated main() calls: one task, on the process stack.
// SPDX-License-Identifier: MIT
#ifndef CMSIS_OS_H
#define CMSIS_OS_H

#include <stddef.h>
#include <stdint.h>

#include "hal.h"

enum { TASK_WORDS = 256 };

static void (*task_function)(void *argument);
static uint32_t task_stack[TASK_WORDS] __attribute__((aligned(8)));

static inline void osKernelInitialize(void)
{
    task_function = NULL;
}

static inline void osThreadNew(void (*function)(void *argument), void *argument,
                               const void *attributes)
{
    (void)argument;
    (void)attributes;
    task_function = function;
}

// Does not return, as a scheduler does not.
static inline void osKernelStart(void)
{
    __asm__ volatile("msr psp, %0\n"
                     "msr control, %1\n"
                     "isb\n"
                     "mov r0, #0\n"
                     "bx %2\n"
                     :
                     : "r"(task_stack + TASK_WORDS), "r"(2), "r"(task_function)
                     : "r0", "memory");
    __builtin_unreachable();
}

static inline void osDelay(uint32_t ticks)
{
    HAL_Delay(ticks);
}

#endif
