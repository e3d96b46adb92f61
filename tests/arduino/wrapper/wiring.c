// wiring.c: the LED and the serial port of a sketch; an interrupt takes each character.
// SPDX-License-Identifier: MIT
#include "Arduino.h"
#include "steps.h"

enum { NVIC_ISER = 0xE000E100, NVIC_IPR = 0xE000E400 };
enum { ROOM = 64 }; // characters; a power of two

void USART_IRQHandler(void);

static const struct step led[] = {BOARD_LED};
static const struct step usart[] = {BOARD_USART_STEPS};
static volatile uint8_t received[ROOM];
static volatile unsigned written, taken;

void pinMode(uint32_t pin, uint32_t mode)
{
    (void)pin;
    (void)mode;
    take_steps(led, sizeof led / sizeof led[0]);
}

void digitalWrite(uint32_t pin, uint32_t level)
{
    (void)pin;
    *reg(BOARD_LED_BSRR) = BOARD_LED_BIT << (level ? 0 : 16);
}

void usart_begin(void)
{
    take_steps(usart, sizeof usart / sizeof usart[0]);
    *reg(NVIC_ISER + 4 * (BOARD_USART_IRQ / 32)) = 1u << BOARD_USART_IRQ % 32;
}

void USART_IRQHandler(void)
{
    received[written++ % ROOM] = (uint8_t)*reg(BOARD_USART_RDR);
}

void usart_write(uint8_t byte)
{
    while (!(*reg(BOARD_USART_ISR) & 1u << 7)) { // TXE
    }
    *reg(BOARD_USART_TDR) = byte;
}

void usart_flush(void)
{
    while (!(*reg(BOARD_USART_ISR) & 1u << 6)) { // TC
    }
}

int usart_available(void)
{
    return (int)(written - taken);
}

int usart_read(void)
{
    return written == taken ? -1 : received[taken++ % ROOM];
}
