// board.h: pins and addresses of the NUCLEO-G0B1RE (UM2324 Rev 4, section 6; RM0444 Rev 5).
// SPDX-License-Identifier: MIT
#ifndef BOARD_H
#define BOARD_H

#include "usart_isr.h"

#define BOARD_NAME "NUCLEO-G0B1RE"

#define GPIOA 0x50000000u
#define GPIOC 0x50000800u

#define BOARD_LED_1            GPIOA, 5  // LD4, green
#define BOARD_LED_2            GPIOA, 6  // the board has one LED: Arduino pin D12, for one of yours
#define BOARD_BUTTON           GPIOC, 13 // B1, blue
#define BOARD_BUTTON_PRESSED   0u
#define BOARD_PORT_CLOCKS      0x40021034u // RCC_IOPENR
#define BOARD_PORT_CLOCKS_MASK 0x05u       // A, C

// USART2 is the ST-LINK's virtual COM port; the ROM listens there too.
#define BOARD_TX               GPIOA, 2
#define BOARD_RX               GPIOA, 3
#define BOARD_USART_ALTERNATE  1u
#define BOARD_USART            0x40004400u
#define BOARD_USART_CLOCK      0x4002103Cu // RCC_APBENR1
#define BOARD_USART_CLOCK_MASK 0x20000u
#define BOARD_USART_HZ         16000000u // HSI16

// How the example uses them.
#define BOARD_PORT_HEADER "port_moder.h"
#define BOARD_TX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_RX_FUNCTION BOARD_USART_ALTERNATE
#define BOARD_BLINK       0u // the LED stays on
#define BOARD_SET_UP                                                                               \
    {BOARD_PORT_CLOCKS, BOARD_PORT_CLOCKS_MASK}, {BOARD_USART_CLOCK, BOARD_USART_CLOCK_MASK},

#endif
