// usart_sr.h: the USART layout with one data register: SR, DR.
// SPDX-License-Identifier: MIT
#ifndef USART_SR_H
#define USART_SR_H

#define BOARD_USART_CR1      0x0Cu
#define BOARD_USART_BRR      0x08u
#define BOARD_USART_STATUS   0x00u
#define BOARD_USART_RECEIVE  0x04u
#define BOARD_USART_TRANSMIT 0x04u
#define BOARD_USART_ENABLE   0x200Cu // UE, TE, RE
#define BOARD_USART_RXNE     0x20u
#define BOARD_USART_TC       0x40u
#define BOARD_USART_TXE      0x80u

#endif
