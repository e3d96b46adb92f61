// board.h: a NUCLEO-F103RB: 64 MHz from HSI, USART2 on PA2 and PA3, the LED on PA5.
// SPDX-License-Identifier: MIT
//
// Rows are {address, mask, value, bits to wait for}. Registers: RM0008 Rev 21.
#ifndef BOARD_H
#define BOARD_H

#define BOARD_FPU    0
#define BOARD_CACHES 0
#define BOARD_HZ     64000000u

// RCC_CR, RCC_CFGR, RCC_CIR
#define BOARD_SYSTEM_INIT                                                                          \
    {0x40021000, 0x00000000, 0x00000001, 0}, {0x40021004, 0x0700FFFF, 0, 0},                       \
        {0x40021000, 0x01090000, 0, 0}, {0x40021000, 0x00040000, 0, 0},                            \
        {0x40021004, 0x007F0000, 0, 0},                                                            \
    {                                                                                              \
        0x40021008, 0xFFFFFFFF, 0x009F0000, 0                                                      \
    }

// FLASH_ACR LATENCY; RCC_CFGR PLLMUL 16 of HSI/2, PPRE1 /2; RCC_CR PLLON; RCC_CFGR SW
#define BOARD_CLOCK                                                                                \
    {0x40022000, 0x00000007, 0x00000002, 0}, {0x40021004, 0x003F0700, 0x00380400, 0},              \
        {0x40021000, 0x00000000, 0x01000000, 0x02000000},                                          \
    {                                                                                              \
        0x40021004, 0x00000003, 0x00000002, 0x00000008                                             \
    }

// RCC_APB2ENR IOPAEN; GPIOA_CRL
#define BOARD_LED                                                                                  \
    {0x40021018, 0x00000000, 0x00000004, 0},                                                       \
    {                                                                                              \
        0x40010800, 0x00F00000, 0x00200000, 0                                                      \
    }
#define BOARD_LED_BSRR 0x40010810
#define BOARD_LED_BIT  (1u << 5)

// RCC_APB2ENR IOPAEN, RCC_APB1ENR USART2EN; GPIOA_CRL; USART2_BRR, USART2_CR1
#define BOARD_USART_STEPS                                                                          \
    {0x40021018, 0x00000000, 0x00000004, 0}, {0x4002101C, 0x00000000, 0x00020000, 0},              \
        {0x40010800, 0x0000FF00, 0x00004B00, 0}, {0x40004408, 0xFFFFFFFF, 278, 0},                 \
    {                                                                                              \
        0x4000440C, 0x00000000, 0x0000202C, 0                                                      \
    }
#define BOARD_USART_IRQ 38
#define BOARD_USART_ISR 0x40004400 // SR
#define BOARD_USART_RDR 0x40004404 // DR
#define BOARD_USART_TDR 0x40004404

#endif
