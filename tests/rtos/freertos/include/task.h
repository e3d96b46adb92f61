// task.h: the few functions of FreeRTOS that docs/freertos.md uses.
// SPDX-License-Identifier: MIT
#ifndef TASK_H
#define TASK_H

#include "FreeRTOS.h"

typedef void (*TaskFunction_t)(void *);
typedef struct task_control *TaskHandle_t;

int xTaskCreate(TaskFunction_t code, const char *name, uint32_t stack_words, void *parameters,
                uint32_t priority, TaskHandle_t *handle);
uint32_t ulTaskNotifyTake(int clear, uint32_t ticks);
void xTaskNotifyGive(TaskHandle_t task);

#endif
