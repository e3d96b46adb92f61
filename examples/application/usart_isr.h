// usart_isr.h: the USART layout with separate data registers: ISR, RDR, TDR.
// SPDX-License-Identifier: MIT
#ifndef USART_ISR_H
#define USART_ISR_H

#define BOARD_USART_CR1      0x00u
#define BOARD_USART_BRR      0x0Cu
#define BOARD_USART_STATUS   0x1Cu
#define BOARD_USART_RECEIVE  0x24u
#define BOARD_USART_TRANSMIT 0x28u
#define BOARD_USART_ENABLE   0x0Du // TE, RE, UE
#define BOARD_USART_RXNE     0x20u
#define BOARD_USART_TC       0x40u
#define BOARD_USART_TXE      0x80u

#endif
