// main.h: what CubeMX writes about a board, in its shape: the button of an STM32F4DISCOVERY.
// SPDX-License-Identifier: MIT
#ifndef MAIN_H
#define MAIN_H

#include "hal.h"

#define B1_Pin       0x0001u
#define B1_GPIO_Port 0x40020000u

typedef enum { GPIO_PIN_RESET, GPIO_PIN_SET } GPIO_PinState;

static inline GPIO_PinState HAL_GPIO_ReadPin(uint32_t port, uint32_t pin)
{
    return *(volatile uint32_t *)(port + 0x10u) & pin ? GPIO_PIN_SET : GPIO_PIN_RESET;
}

#endif
