// serial.c: the board's USART, polled.
// SPDX-License-Identifier: MIT
#include "serial.h"

#include "board.h"

enum { MODER = 0x00, AFRL = 0x20, ALTERNATE = 2 }; // of a GPIO port

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static void give_to_usart(uint32_t port, unsigned pin)
{
    volatile uint32_t *function = reg(port + AFRL + 4 * (pin / 8));
    unsigned shift = 4 * (pin % 8);

    *function = (*function & ~(15u << shift)) | BOARD_USART_ALTERNATE << shift;
    *reg(port + MODER) = (*reg(port + MODER) & ~(3u << 2 * pin)) | (uint32_t)ALTERNATE << 2 * pin;
}

void serial_open(uint32_t brr)
{
    *reg(BOARD_PORT_CLOCKS) |= BOARD_PORT_CLOCKS_MASK;
    *reg(BOARD_USART_CLOCK) |= BOARD_USART_CLOCK_MASK;
    (void)*reg(BOARD_USART_CLOCK);
    give_to_usart(BOARD_TX);
    give_to_usart(BOARD_RX);
    *reg(BOARD_USART + BOARD_USART_BRR) = brr;
    *reg(BOARD_USART + BOARD_USART_CR1) = BOARD_USART_ENABLE;
}

void serial_print(const char *text)
{
    for (; *text; text++) {
        while (!(*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_TXE)) {
        }
        *reg(BOARD_USART + BOARD_USART_TRANSMIT) = (uint32_t)*text;
    }
}

void serial_introduce(const char *name, enum bootleap_origin origin)
{
    static const char *const origins[] = {
        [BOOTLEAP_FROM_RESET] = ", from reset\r\n",
        [BOOTLEAP_FROM_ROM] = ", from the ROM\r\n",
        [BOOTLEAP_LEFT_ROM] = ", from a reset that ended the ROM\r\n",
        [BOOTLEAP_ROM_GAVE_UP] = ", from a ROM that gave up\r\n",
    };

    serial_print(name);
    serial_print(origins[origin]);
}

int serial_read(void)
{
    if (!(*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_RXNE)) {
        return -1;
    }
    return (int)(*reg(BOARD_USART + BOARD_USART_RECEIVE) & 0xFF);
}

void serial_drain(void)
{
    while (!(*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_TC)) {
    }
}
