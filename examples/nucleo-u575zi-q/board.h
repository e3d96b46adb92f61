// board.h: pins and addresses of the NUCLEO-U575ZI-Q (UM2861 Rev 4, section 7; RM0456 Rev 4).
// SPDX-License-Identifier: MIT
#ifndef BOARD_H
#define BOARD_H

#include "usart_isr.h"

#define BOARD_NAME "NUCLEO-U575ZI-Q"

#define GPIOA 0x42020000u
#define GPIOB 0x42020400u
#define GPIOC 0x42020800u

#define BOARD_LED_1            GPIOC, 7  // LD1, green
#define BOARD_LED_2            GPIOB, 7  // LD2, blue
#define BOARD_BUTTON           GPIOC, 13 // B1, blue
#define BOARD_BUTTON_PRESSED   1u
#define BOARD_PORT_CLOCKS      0x46020C8Cu // RCC_AHB2ENR1
#define BOARD_PORT_CLOCKS_MASK 0x07u       // A, B, C

// USART1 is the ST-LINK's virtual COM port; the ROM listens there too.
#define BOARD_TX               GPIOA, 9
#define BOARD_RX               GPIOA, 10
#define BOARD_USART_ALTERNATE  7u
#define BOARD_USART            0x40013800u
#define BOARD_USART_CLOCK      0x46020CA4u // RCC_APB2ENR
#define BOARD_USART_CLOCK_MASK 0x4000u
#define BOARD_USART_HZ         4000000u // MSIS

// How the example uses them.
#define BOARD_PORT_HEADER "port_moder.h"
#define BOARD_TX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_RX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_BLINK       0u // the LED stays on
#define BOARD_SET_UP                                                                               \
    {BOARD_PORT_CLOCKS, BOARD_PORT_CLOCKS_MASK}, {BOARD_USART_CLOCK, BOARD_USART_CLOCK_MASK},

#endif
