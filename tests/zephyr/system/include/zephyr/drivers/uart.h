// uart.h: the line control of Zephyr's UARTs, as far as docs/zephyr.md uses it.
// SPDX-License-Identifier: MIT
#ifndef ZEPHYR_UART_H
#define ZEPHYR_UART_H

#include <stdint.h>

#define UART_LINE_CTRL_BAUD_RATE 1u

struct device {
    const char *name;
};

int uart_line_ctrl_get(const struct device *device, uint32_t what, uint32_t *value);

#endif
