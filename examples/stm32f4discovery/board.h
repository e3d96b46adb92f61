// board.h: pins and addresses of the STM32F4DISCOVERY (UM1472 Rev 7, section 6; RM0090 Rev 19).
// SPDX-License-Identifier: MIT
#ifndef BOARD_H
#define BOARD_H

#include "usart_sr.h"

#define BOARD_NAME "STM32F4DISCOVERY"

#define GPIOA 0x40020000u
#define GPIOB 0x40020400u
#define GPIOD 0x40020C00u

#define BOARD_LED_1            GPIOD, 12 // LD4, green
#define BOARD_LED_2            GPIOD, 13 // LD3, orange
#define BOARD_BUTTON           GPIOA, 0  // B1, blue
#define BOARD_BUTTON_PRESSED   1u
#define BOARD_PORT_CLOCKS      0x40023830u // RCC_AHB1ENR
#define BOARD_PORT_CLOCKS_MASK 0x0Bu       // A, B, D

// The board has no virtual COM port. USART3 is on the header, for a 3.3 V adapter, and the ROM
// listens there too.
#define BOARD_TX               GPIOB, 10
#define BOARD_RX               GPIOB, 11
#define BOARD_USART_ALTERNATE  7u
#define BOARD_USART            0x40004800u
#define BOARD_USART_CLOCK      0x40023840u // RCC_APB1ENR
#define BOARD_USART_CLOCK_MASK 0x40000u
#define BOARD_USART_HZ         16000000u // HSI

// How the example uses them.
#define BOARD_PORT_HEADER "port_moder.h"
#define BOARD_TX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_RX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_BLINK       0u // the LED stays on
#define BOARD_SET_UP                                                                               \
    {BOARD_PORT_CLOCKS, BOARD_PORT_CLOCKS_MASK}, {BOARD_USART_CLOCK, BOARD_USART_CLOCK_MASK},

#endif
