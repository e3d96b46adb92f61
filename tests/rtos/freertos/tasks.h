// tasks.h: the task of docs/freertos.md that enters the system bootloader.
// SPDX-License-Identifier: MIT
#ifndef TASKS_H
#define TASKS_H

// Before vTaskStartScheduler().
void start_bootloader_task(void);

// From any task: the request is carried out by the privileged one.
void ask_for_bootloader(void);

// The application's: told why the bootloader was not entered, an enum bootleap_refusal.
void refused(int refusal);

#endif
