// main.h: what the application asks of its board: a button at PA0 of an STM32F407.
// SPDX-License-Identifier: MIT
#ifndef MAIN_H
#define MAIN_H

#include <stdint.h>

int main(void);

static inline int is_button_pressed(void)
{
    return *(volatile uint32_t *)0x40020010u & 1u;
}

static inline void show(int origin)
{
    *(volatile uint32_t *)0x40020018u = (uint32_t)origin;
}

#endif
