// serial.h: the board's USART, polled: what the recipes print on and listen to.
// SPDX-License-Identifier: MIT
#ifndef SERIAL_H
#define SERIAL_H

#include "bootleap.h"

#include <stdint.h>

// What makes 115200 baud of a USART's clock, BOARD_USART_HZ (board.h) as long as no PLL is in use.
#define SERIAL_BRR(hz) (((hz) + 57600u) / 115200u)

// 115200 8N1, with SERIAL_BRR() of its clock.
void serial_open(uint32_t brr);

void serial_print(const char *text);

// "NAME, from the ROM" and a new line, or what else `origin` says.
void serial_introduce(const char *name, enum bootleap_origin origin);

// The next character, or -1 if there is none yet.
int serial_read(void);

// Returns when the last character is out: a reset takes the USART away.
void serial_drain(void);

#endif
