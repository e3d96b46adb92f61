// board.h: a NUCLEO-G0B1RE: 64 MHz from HSI16, USART2 on PA2 and PA3, the LED on PA5.
// SPDX-License-Identifier: MIT
//
// Rows are {address, mask, value, bits to wait for}. Registers: RM0444 Rev 5.
#ifndef BOARD_H
#define BOARD_H

#define BOARD_FPU    0
#define BOARD_CACHES 0
#define BOARD_HZ     64000000u

// RCC_CR, RCC_CFGR, RCC_PLLCFGR, RCC_CIER, RCC_CICR
#define BOARD_SYSTEM_INIT                                                                          \
    {0x40021000, 0x00000000, 0x00000500, 0}, {0x40021008, 0xFFFFFFFF, 0, 0},                       \
        {0x40021000, 0x01090000, 0, 0}, {0x4002100C, 0xFFFFFFFF, 0x00001000, 0},                   \
        {0x40021000, 0x00040000, 0, 0}, {0x40021018, 0xFFFFFFFF, 0, 0},                            \
    {                                                                                              \
        0x40021020, 0xFFFFFFFF, 0x0000033F, 0                                                      \
    }

// FLASH_ACR LATENCY; RCC_PLLCFGR M 1, N 8, R 2 of HSI16; RCC_CR PLLON; RCC_CFGR SW
#define BOARD_CLOCK                                                                                \
    {0x40022000, 0x00000007, 0x00000002, 0}, {0x4002100C, 0xFFFFFFFF, 0x30000802, 0},              \
        {0x40021000, 0x00000000, 0x01000000, 0x02000000},                                          \
    {                                                                                              \
        0x40021008, 0x00000007, 0x00000002, 0x00000010                                             \
    }

// RCC_IOPENR GPIOAEN; GPIOA_MODER
#define BOARD_LED                                                                                  \
    {0x40021034, 0x00000000, 0x00000001, 0},                                                       \
    {                                                                                              \
        0x50000000, 0x00000C00, 0x00000400, 0                                                      \
    }
#define BOARD_LED_BSRR 0x50000018
#define BOARD_LED_BIT  (1u << 5)

// RCC_IOPENR GPIOAEN, RCC_APBENR1 USART2EN; GPIOA_AFRL, GPIOA_MODER; USART2_BRR, USART2_CR1
#define BOARD_USART_STEPS                                                                          \
    {0x40021034, 0x00000000, 0x00000001, 0}, {0x4002103C, 0x00000000, 0x00020000, 0},              \
        {0x50000020, 0x0000FF00, 0x00001100, 0}, {0x50000000, 0x000000F0, 0x000000A0, 0},          \
        {0x4000440C, 0xFFFFFFFF, 556, 0},                                                          \
    {                                                                                              \
        0x40004400, 0x00000000, 0x0000002D, 0                                                      \
    }
#define BOARD_USART_IRQ 28
#define BOARD_USART_ISR 0x4000441C
#define BOARD_USART_RDR 0x40004424
#define BOARD_USART_TDR 0x40004428

#endif
