// stm32f4xx_it.c: the handlers in the shape of CubeMX's: the tick of the HAL.
// SPDX-License-Identifier: MIT
#include "main.h"

void SysTick_Handler(void);

void SysTick_Handler(void)
{
    HAL_IncTick();
}
