// board.h: pins and addresses of the NUCLEO-H723ZG (UM2407 Rev 3, section 6; RM0468 Rev 3).
// SPDX-License-Identifier: MIT
#ifndef BOARD_H
#define BOARD_H

#include "usart_isr.h"

#define BOARD_NAME "NUCLEO-H723ZG"

#define GPIOB 0x58020400u
#define GPIOC 0x58020800u
#define GPIOD 0x58020C00u
#define GPIOE 0x58021000u

#define BOARD_LED_1            GPIOB, 0  // LD1, green
#define BOARD_LED_2            GPIOE, 1  // LD2, yellow
#define BOARD_BUTTON           GPIOC, 13 // B1, blue
#define BOARD_BUTTON_PRESSED   1u
#define BOARD_PORT_CLOCKS      0x580244E0u // RCC_AHB4ENR
#define BOARD_PORT_CLOCKS_MASK 0x1Eu       // B, C, D, E

// USART3 is the ST-LINK's virtual COM port; the ROM listens there too.
#define BOARD_TX               GPIOD, 8
#define BOARD_RX               GPIOD, 9
#define BOARD_USART_ALTERNATE  7u
#define BOARD_USART            0x40004800u
#define BOARD_USART_CLOCK      0x580244E8u // RCC_APB1LENR
#define BOARD_USART_CLOCK_MASK 0x40000u
#define BOARD_USART_HZ         64000000u // HSI

// How the example uses them.
#define BOARD_PORT_HEADER "port_moder.h"
#define BOARD_TX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_RX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_BLINK       0u // the LED stays on
#define BOARD_SET_UP                                                                               \
    {BOARD_PORT_CLOCKS, BOARD_PORT_CLOCKS_MASK}, {BOARD_USART_CLOCK, BOARD_USART_CLOCK_MASK},

#endif
