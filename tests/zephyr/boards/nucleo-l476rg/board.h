// board.h: pins and addresses of the NUCLEO-L476RG (UM1724 Rev 16, section 7; RM0351 Rev 9).
// SPDX-License-Identifier: MIT
#ifndef BOARD_H
#define BOARD_H

#include "usart_isr.h"

#define GPIOA 0x48000000u

#define BOARD_PORT_CLOCKS      0x4002104Cu // RCC_AHB2ENR
#define BOARD_PORT_CLOCKS_MASK 0x01u       // A

// USART2 is the ST-LINK's virtual COM port; the system bootloader listens there too.
#define BOARD_TX               GPIOA, 2
#define BOARD_RX               GPIOA, 3
#define BOARD_USART_ALTERNATE  7u
#define BOARD_USART            0x40004400u
#define BOARD_USART_CLOCK      0x40021058u // RCC_APB1ENR1
#define BOARD_USART_CLOCK_MASK 0x20000u
#define BOARD_USART_HZ         4000000u // MSI

#endif
