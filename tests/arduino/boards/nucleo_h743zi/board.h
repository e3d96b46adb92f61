// board.h: a NUCLEO-H743ZI: 200 MHz from HSI, USART3 on PD8 and PD9, the LED on PB0.
// SPDX-License-Identifier: MIT
//
// Rows are {address, mask, value, bits to wait for}. Registers: RM0433 Rev 8.
#ifndef BOARD_H
#define BOARD_H

#define BOARD_FPU    1
#define BOARD_CACHES 1
#define BOARD_HZ     200000000u

// PWR_CR3 LDOEN; PWR_CSR1 ACTVOSRDY
#define BOARD_EXIT_RUN0_MODE                                                                       \
    {0x5802480C, 0x00000000, 0x00000002, 0},                                                       \
    {                                                                                              \
        0x58024804, 0x00000000, 0x00000000, 0x00002000                                             \
    }

// RCC_CR, RCC_CFGR, RCC_D1CFGR to RCC_PLL1FRACR; RCC_CIER; FMC's clock, FMC_BCR1
#define BOARD_SYSTEM_INIT                                                                          \
    {0x58024400, 0x00000000, 0x00000001, 0}, {0x58024410, 0xFFFFFFFF, 0, 0},                       \
        {0x58024400, 0x15091280, 0, 0}, {0x58024418, 0xFFFFFFFF, 0, 0},                            \
        {0x5802441C, 0xFFFFFFFF, 0, 0}, {0x58024420, 0xFFFFFFFF, 0, 0},                            \
        {0x58024428, 0xFFFFFFFF, 0x02020200, 0}, {0x5802442C, 0xFFFFFFFF, 0x01FF0000, 0},          \
        {0x58024430, 0xFFFFFFFF, 0x01010280, 0}, {0x58024434, 0xFFFFFFFF, 0, 0},                   \
        {0x58024400, 0x00040000, 0, 0}, {0x58024460, 0xFFFFFFFF, 0, 0},                            \
        {0x580244D4, 0x00000000, 0x00001000, 0}, {0x52004000, 0xFFFFFFFF, 0x000030D2, 0},          \
    {                                                                                              \
        0x580244D4, 0x00001000, 0, 0                                                               \
    }

// FLASH_ACR LATENCY; RCC_PLLCKSELR DIVM1 4; RCC_PLLCFGR PLL1RGE; RCC_PLL1DIVR N 25, P 2;
// RCC_CR PLL1ON; RCC_D1CFGR HPRE /2; RCC_CFGR SW
#define BOARD_CLOCK                                                                                \
    {0x52002000, 0x0000000F, 0x00000004, 0}, {0x58024428, 0x000003F3, 0x00000040, 0},              \
        {0x5802442C, 0x0000000C, 0x0000000C, 0}, {0x58024430, 0x0000FFFF, 0x00000218, 0},          \
        {0x58024400, 0x00000000, 0x01000000, 0x02000000}, {0x58024418, 0x0000000F, 0x00000008, 0}, \
    {                                                                                              \
        0x58024410, 0x00000007, 0x00000003, 0x00000018                                             \
    }

// RCC_AHB4ENR GPIOBEN; GPIOB_MODER
#define BOARD_LED                                                                                  \
    {0x580244E0, 0x00000000, 0x00000002, 0},                                                       \
    {                                                                                              \
        0x58020400, 0x00000003, 0x00000001, 0                                                      \
    }
#define BOARD_LED_BSRR 0x58020418
#define BOARD_LED_BIT  (1u << 0)

// RCC_AHB4ENR GPIODEN, RCC_APB1LENR USART3EN; GPIOD_AFRH, GPIOD_MODER; USART3_BRR, USART3_CR1
#define BOARD_USART_STEPS                                                                          \
    {0x580244E0, 0x00000000, 0x00000008, 0}, {0x580244E8, 0x00000000, 0x00040000, 0},              \
        {0x58020C24, 0x000000FF, 0x00000077, 0}, {0x58020C00, 0x000F0000, 0x000A0000, 0},          \
        {0x4000480C, 0xFFFFFFFF, 868, 0},                                                          \
    {                                                                                              \
        0x40004800, 0x00000000, 0x0000002D, 0                                                      \
    }
#define BOARD_USART_IRQ 39
#define BOARD_USART_ISR 0x4000481C
#define BOARD_USART_RDR 0x40004824
#define BOARD_USART_TDR 0x40004828

#endif
