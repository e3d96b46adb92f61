// hal.h: as much of a HAL as the recipe calls, with the names that a HAL has.
// SPDX-License-Identifier: MIT
#ifndef HAL_H
#define HAL_H

#include <stdint.h>

void HAL_Init(void); // starts the tick: SysTick, 1 ms
void HAL_IncTick(void);
uint32_t HAL_GetTick(void);
void HAL_Delay(uint32_t milliseconds);

// From HSI at 16 MHz to the PLL.
void HAL_RCC_StartPll(void);

#endif
