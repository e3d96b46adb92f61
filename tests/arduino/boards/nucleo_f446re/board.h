// board.h: a NUCLEO-F446RE: 84 MHz from HSI, USART2 on PA2 and PA3, the LED on PA5.
// SPDX-License-Identifier: MIT
//
// Rows are {address, mask, value, bits to wait for}. Registers: RM0390 Rev 6.
#ifndef BOARD_H
#define BOARD_H

#define BOARD_FPU    1
#define BOARD_CACHES 0
#define BOARD_HZ     84000000u

// RCC_CR, RCC_CFGR, RCC_PLLCFGR, RCC_CIR
#define BOARD_SYSTEM_INIT                                                                          \
    {0x40023800, 0x00000000, 0x00000001, 0}, {0x40023808, 0xFFFFFFFF, 0, 0},                       \
        {0x40023800, 0x01090000, 0, 0}, {0x40023804, 0xFFFFFFFF, 0x24003010, 0},                   \
        {0x40023800, 0x00040000, 0, 0},                                                            \
    {                                                                                              \
        0x4002380C, 0xFFFFFFFF, 0x00FF0000, 0                                                      \
    }

// FLASH_ACR LATENCY; RCC_PLLCFGR M 16, N 336, P 4, Q 7; RCC_CR PLLON; RCC_CFGR PPRE1 /2, SW
#define BOARD_CLOCK                                                                                \
    {0x40023C00, 0x0000000F, 0x00000002, 0}, {0x40023804, 0x0FFFFFFF, 0x07015410, 0},              \
        {0x40023800, 0x00000000, 0x01000000, 0x02000000},                                          \
    {                                                                                              \
        0x40023808, 0x00001C03, 0x00001002, 0x00000008                                             \
    }

// RCC_AHB1ENR GPIOAEN; GPIOA_MODER
#define BOARD_LED                                                                                  \
    {0x40023830, 0x00000000, 0x00000001, 0},                                                       \
    {                                                                                              \
        0x40020000, 0x00000C00, 0x00000400, 0                                                      \
    }
#define BOARD_LED_BSRR 0x40020018
#define BOARD_LED_BIT  (1u << 5)

// RCC_AHB1ENR GPIOAEN, RCC_APB1ENR USART2EN; GPIOA_AFRL, GPIOA_MODER; USART2_BRR, USART2_CR1
#define BOARD_USART_STEPS                                                                          \
    {0x40023830, 0x00000000, 0x00000001, 0}, {0x40023840, 0x00000000, 0x00020000, 0},              \
        {0x40020020, 0x0000FF00, 0x00007700, 0}, {0x40020000, 0x000000F0, 0x000000A0, 0},          \
        {0x40004408, 0xFFFFFFFF, 365, 0},                                                          \
    {                                                                                              \
        0x4000440C, 0x00000000, 0x0000202C, 0                                                      \
    }
#define BOARD_USART_IRQ 38
#define BOARD_USART_ISR 0x40004400 // SR
#define BOARD_USART_RDR 0x40004404 // DR
#define BOARD_USART_TDR 0x40004404

#endif
