// kernel.h: what the stand-in's parts know of each other.
// SPDX-License-Identifier: MIT
#ifndef KERNEL_H
#define KERNEL_H

#include <stdint.h>

// Ticks since the start.
uint32_t sys_clock_ticks(void);

// Opens the USART, calls main() and then runs the commands that are typed.
_Noreturn void shell_start(void);

#endif
