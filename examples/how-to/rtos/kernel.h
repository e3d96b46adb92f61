// kernel.h: two tasks in the shape that RTOS ports give them: PSP, SVC, PendSV, BASEPRI.
// SPDX-License-Identifier: MIT
#ifndef KERNEL_H
#define KERNEL_H

#include <stdint.h>

// Starts both tasks, of which the second is unprivileged, and switches between them at each tick.
_Noreturn void kernel_start(void (*first)(void), void (*second)(void));

// Interrupts of the kernel's priorities are held off between these two.
void kernel_enter_critical(void);
void kernel_exit_critical(void);

// Asks the privileged side to enter the ROM. Returns what bootleap_enter() returned there.
int kernel_enter_rom(void);

#endif
