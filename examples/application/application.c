// application.c: an LED, a serial port, and who asks for the ROM: the keys `b` and `j`, the button.
// SPDX-License-Identifier: MIT
//
// Bare metal on the clock that the chip starts with. What differs between boards is in board.h.
#include "application.h"

#include "board.h"
#include "bootleap.h"
#include "bootleap_jump.h"

#include BOARD_PORT_HEADER

struct bits {
    uint32_t address, set;
};

static const struct bits set_up[] = {BOARD_SET_UP};
static const struct pin leds[] = {{BOARD_LED_1}, {BOARD_LED_2}};
static const struct pin *const led = &leds[APPLICATION_VERSION - 1];
static const struct pin button = {BOARD_BUTTON};
static const struct pin tx = {BOARD_TX}, rx = {BOARD_RX};

static void set_up_chip(void)
{
    for (unsigned i = 0; i < sizeof set_up / sizeof *set_up; i++) {
        *reg(set_up[i].address) |= set_up[i].set;
        (void)*reg(set_up[i].address); // a clock runs when the write has been read back
    }
}

static void set_up_pins(void)
{
    if (led->port) {
        port_output(led);
    }
    if (button.port) {
        port_input(&button, !BOARD_BUTTON_PRESSED);
    }
    port_transmit(&tx, BOARD_TX_FUNCTION);
    port_receive(&rx, BOARD_RX_FUNCTION);
}

static void put_char(char c)
{
    while (!(*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_TXE)) {
    }
    *reg(BOARD_USART + BOARD_USART_TRANSMIT) = (uint32_t)c;
}

void put_text(const char *text)
{
    for (; *text; text++) {
        put_char(*text);
    }
}

// The last character must be out before a reset takes the USART away.
static void drain(void)
{
    while (!(*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_TC)) {
    }
}

typedef int (*way)(void);

// The way into the ROM that is asked for: through a reset (`b`, the button), or without (`j`).
static way asked_way(void)
{
    if (button.port &&
        (*reg(button.port + PORT_IDR) >> button.number & 1u) == BOARD_BUTTON_PRESSED) {
        return bootleap_enter;
    }
    if (*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_RXNE) {
        uint32_t key = *reg(BOARD_USART + BOARD_USART_RECEIVE) & 0xFF;
        return key == 'b' ? bootleap_enter : key == 'j' ? bootleap_jump : 0;
    }
    return 0;
}

// Changes the LED each time that the main loop has come by BOARD_BLINK times.
static void blink(void)
{
    static uint32_t looks, off;

    if (led->port && BOARD_BLINK != 0 && ++looks == BOARD_BLINK) {
        looks = 0;
        off ^= 16;
        *reg(led->port + PORT_BSRR) = 1u << (led->number + off);
    }
}

void application(enum bootleap_origin origin)
{
    set_up_chip();
    *reg(BOARD_USART + BOARD_USART_BRR) = (BOARD_USART_HZ + 57600) / 115200;
    *reg(BOARD_USART + BOARD_USART_CR1) = BOARD_USART_ENABLE;
    set_up_pins();
    if (led->port) {
        *reg(led->port + PORT_BSRR) = 1u << led->number;
    }
    introduce(origin);

    for (;;) {
        way to_rom = asked_way();
        blink();
        if (to_rom) {
            put_text("to the ROM\r\n");
            drain();
            int refusal = to_rom();
            if (refusal < 0) {
                tell_refusal(refusal);
            }
        }
    }
}
