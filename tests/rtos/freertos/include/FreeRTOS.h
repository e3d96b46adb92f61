// FreeRTOS.h: the few names of FreeRTOS that docs/freertos.md uses.
// SPDX-License-Identifier: MIT
#ifndef FREERTOS_H
#define FREERTOS_H

#include <stddef.h>
#include <stdint.h>

#define pdTRUE                   1
#define portMAX_DELAY            0xFFFFFFFFu
#define portPRIVILEGE_BIT        0x80000000u
#define tskIDLE_PRIORITY         0u
#define configMINIMAL_STACK_SIZE 128u

#endif
