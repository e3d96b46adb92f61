// board.h: a NUCLEO-U575ZI-Q: 4 MHz from HSI16, USART1 on PA9 and PA10, the LED on PC7.
// SPDX-License-Identifier: MIT
//
// Rows are {address, mask, value, bits to wait for}. Registers: RM0456 Rev 6.
#ifndef BOARD_H
#define BOARD_H

#define BOARD_FPU    1
#define BOARD_CACHES 0
#define BOARD_HZ     4000000u

// RCC_CR, RCC_CFGR1, RCC_CFGR2, RCC_CFGR3, RCC_PLL1CFGR, RCC_CIER, RCC_CICR
#define BOARD_SYSTEM_INIT                                                                          \
    {0x46020C00, 0xFFFFFFFF, 0x00000001, 0}, {0x46020C1C, 0xFFFFFFFF, 0, 0},                       \
        {0x46020C20, 0xFFFFFFFF, 0, 0}, {0x46020C24, 0xFFFFFFFF, 0, 0},                            \
        {0x46020C00, 0x15090000, 0, 0}, {0x46020C28, 0xFFFFFFFF, 0, 0},                            \
        {0x46020C00, 0x00040000, 0, 0}, {0x46020C50, 0xFFFFFFFF, 0, 0},                            \
    {                                                                                              \
        0x46020C58, 0xFFFFFFFF, 0x00001DFF, 0                                                      \
    }

// RCC_CR HSION; RCC_CFGR2 HPRE /4; RCC_CFGR1 SW
#define BOARD_CLOCK                                                                                \
    {0x46020C00, 0x00000000, 0x00000100, 0x00000400}, {0x46020C20, 0x0000000F, 0x00000009, 0},     \
    {                                                                                              \
        0x46020C1C, 0x00000003, 0x00000001, 0x00000004                                             \
    }

// RCC_AHB2ENR1 GPIOCEN; GPIOC_MODER
#define BOARD_LED                                                                                  \
    {0x46020C8C, 0x00000000, 0x00000004, 0},                                                       \
    {                                                                                              \
        0x42020800, 0x0000C000, 0x00004000, 0                                                      \
    }
#define BOARD_LED_BSRR 0x42020818
#define BOARD_LED_BIT  (1u << 7)

// RCC_AHB2ENR1 GPIOAEN, RCC_APB2ENR USART1EN; GPIOA_AFRH, GPIOA_MODER; USART1_BRR, USART1_CR1
#define BOARD_USART_STEPS                                                                          \
    {0x46020C8C, 0x00000000, 0x00000001, 0}, {0x46020CA4, 0x00000000, 0x00004000, 0},              \
        {0x42020024, 0x00000FF0, 0x00000770, 0}, {0x42020000, 0x003C0000, 0x00280000, 0},          \
        {0x4001380C, 0xFFFFFFFF, 35, 0},                                                           \
    {                                                                                              \
        0x40013800, 0x00000000, 0x0000002D, 0                                                      \
    }
#define BOARD_USART_IRQ 61
#define BOARD_USART_ISR 0x4001381C
#define BOARD_USART_RDR 0x40013824
#define BOARD_USART_TDR 0x40013828

#endif
