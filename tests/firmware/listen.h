// listen.h: where listen.c finds a serial line, its DMA and a button, on a row of each kind.
// SPDX-License-Identifier: MIT
//
// CHIP is the row. The lines are those that no ROM listens on, where the chip has such.
#ifndef LISTEN_H
#define LISTEN_H

#include <stddef.h>
#include <stdint.h>

struct write {
    uint32_t address, value;
};

enum { BYTES = 8, WRITES = 12 };

#define f10medium 1
#define f405      2
#define g0b1      3
#define h723      4
#define u575      5

#if CHIP == f10medium // USART2, DMA1 channel 6
#define ONE_DATA_REGISTER
#define USART           0x40004400u
#define USART_INTERRUPT 38u
#define DMA_INTERRUPT   16u
#define EXTI_INTERRUPT  40u
#define BUFFER          0x20001000u
#define EXTI_PENDING    0x40010414u
static const struct write clocks[] = {
    {0x4002101C, 1 << 17}, {0x40021014, 1}, {0x40021018, 1 | 1 << 4}};
static const struct write dma[] = {{0x40020074, USART + 4},
                                   {0x40020078, BUFFER},
                                   {0x40020070, BYTES},
                                   {0x4002006C, 1 << 7 | 1 << 5 | 1}};
static const struct write button[] = {
    {0x40010014, 0x20}, {0x40010408, 1 << 13}, {0x40010400, 1 << 13}};
#define DMA_LEFT 0x40020070u

#elif CHIP == f405 // USART6, DMA2 stream 1
#define ONE_DATA_REGISTER
#define USART           0x40011400u
#define USART_INTERRUPT 71u
#define DMA_INTERRUPT   57u
#define EXTI_INTERRUPT  40u
#define BUFFER          0x20001000u
#define EXTI_PENDING    0x40013C14u
static const struct write clocks[] = {{0x40023844, 1 << 5 | 1 << 14},
                                      {0x40023830, 1 << 22 | 1 << 2}};
static const struct write dma[] = {{0x40026430, USART + 4},
                                   {0x40026434, BUFFER},
                                   {0x4002642C, BYTES},
                                   {0x40026428, 5u << 25 | 1 << 10 | 1 << 8 | 1}};
static const struct write button[] = {
    {0x40013814, 0x20}, {0x40013C08, 1 << 13}, {0x40013C00, 1 << 13}};
#define DMA_LEFT        0x4002642Cu

#elif CHIP == g0b1 // LPUART2, DMA1 channel 1
#define USART           0x40008400u
#define USART_INTERRUPT 28u
#define DMA_INTERRUPT   9u
#define EXTI_INTERRUPT  7u
#define BUFFER          0x20001000u
#define EXTI_PENDING    0x4002180Cu
static const struct write clocks[] = {{0x4002103C, 1 << 7}, {0x40021038, 1}, {0x40021034, 1 << 2}};
static const struct write dma[] = {{0x40020800, 64},
                                   {0x40020010, USART + 0x24},
                                   {0x40020014, BUFFER},
                                   {0x4002000C, BYTES},
                                   {0x40020008, 1 << 7 | 1 << 5 | 1}};
static const struct write button[] = {
    {0x4002186C, 0x200}, {0x40021800, 1 << 13}, {0x40021880, 1 << 13}};
#define DMA_LEFT        0x4002000Cu

#elif CHIP == h723 // UART7, DMA1 stream 0
#define USART           0x40007800u
#define USART_INTERRUPT 82u
#define DMA_INTERRUPT   11u
#define EXTI_INTERRUPT  40u
#define BUFFER          0x24001000u
#define EXTI_PENDING    0x58000088u
static const struct write clocks[] = {
    {0x580244E8, 1 << 30}, {0x580244D8, 1}, {0x580244F4, 1 << 1}, {0x580244E0, 1 << 2}};
static const struct write dma[] = {{0x40020800, 79},
                                   {0x40020018, USART + 0x24},
                                   {0x4002001C, BUFFER},
                                   {0x40020014, BYTES},
                                   {0x40020010, 1 << 10 | 1 << 8 | 1}};
static const struct write button[] = {
    {0x58000414, 0x20}, {0x58000000, 1 << 13}, {0x58000080, 1 << 13}};
#define DMA_LEFT        0x40020014u

#elif CHIP == u575 // LPUART1, GPDMA1 channel 0, with a linked list of one block
#define USART           0x46002400u
#define USART_INTERRUPT 66u
#define DMA_INTERRUPT   29u
#define EXTI_INTERRUPT  24u
#define BUFFER          0x20001000u
#define LIST            0x20002000u
#define EXTI_PENDING    0x4602200Cu
static const struct write clocks[] = {{0x46020CA8, 1 << 6}, {0x46020C88, 1}, {0x46020C8C, 1 << 2}};
static const struct write dma[] = {{LIST, BYTES},
                                   {LIST + 4, BUFFER},
                                   {LIST + 8, 5u << 27 | 1 << 16 | (LIST & 0xFFFFu)},
                                   {0x40020050, LIST & 0xFFFF0000u},
                                   {0x40020090, 1 << 19},
                                   {0x40020094, 34},
                                   {0x40020098, BYTES},
                                   {0x4002009C, USART + 0x24},
                                   {0x400200A0, BUFFER},
                                   {0x400200CC, 5u << 27 | 1 << 16 | (LIST & 0xFFFFu)},
                                   {0x40020064, 1}};
static const struct write button[] = {
    {0x4602206C, 0x200}, {0x46022000, 1 << 13}, {0x46022080, 1 << 13}};
#define DMA_LEFT        0x40020098u
#endif

#ifdef ONE_DATA_REGISTER
#define STATUS   (USART + 0x00)
#define RECEIVE  (USART + 0x04)
#define TRANSMIT (USART + 0x04)
#define BAUD     (USART + 0x08)
#define CR1      (USART + 0x0C)
#define CR3      (USART + 0x14)
#define UE       (1u << 13)
#else
#define STATUS     (USART + 0x1C)
#define RECEIVE    (USART + 0x24)
#define TRANSMIT   (USART + 0x28)
#define BAUD       (USART + 0x0C)
#define CR1        (USART + 0x00)
#define CR3        (USART + 0x08)
#define CLEAR_IDLE (USART + 0x20)
#define UE         1u
#endif

#endif
