// say.h: how firmware of tests says its result on the board's USART.
// SPDX-License-Identifier: MIT
#ifndef SAY_H
#define SAY_H

#include "board.h"

#include <stdint.h>

// Works before .data and .bss are set up, and unprivileged once the clock is on.
static inline void say(const char *text)
{
    volatile uint32_t *clock = (volatile uint32_t *)BOARD_USART_CLOCK;

    if (!(*clock & BOARD_USART_CLOCK_MASK)) {
        *clock |= BOARD_USART_CLOCK_MASK;
        (void)*clock; // it runs when the write has been read back
        *(volatile uint32_t *)(BOARD_USART + BOARD_USART_CR1) = BOARD_USART_ENABLE;
    }
    for (; *text; text++) {
        *(volatile uint32_t *)(BOARD_USART + BOARD_USART_TRANSMIT) = (uint32_t)*text;
    }
}

#endif
