// application.c: an LED, a serial port, and who asks for the ROM: the keys `b` and `j`, the button.
// SPDX-License-Identifier: MIT
//
// Bare metal on the clock that the chip starts with. What differs between boards is in board.h.
#include "application.h"

#include "board.h"
#include "bootleap.h"
#include "bootleap_jump.h"

// GPIO ports of this generation (RM0468, 12.4; the other reference manuals alike).
enum { MODER = 0x00, PUPDR = 0x0C, IDR = 0x10, BSRR = 0x18, AFRL = 0x20 };
enum { MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_ALTERNATE = 2, PULL_UP = 1, PULL_DOWN = 2 };

struct pin {
    uint32_t port; // base address
    unsigned number;
};

static const struct pin leds[] = {{BOARD_LED_1}, {BOARD_LED_2}};
static const struct pin *const led = &leds[APPLICATION_VERSION - 1];
static const struct pin button = {BOARD_BUTTON};
static const struct pin tx = {BOARD_TX}, rx = {BOARD_RX};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

// Puts a field of `width` bits, the pin's own, into a register of its port.
static void set_field(const struct pin *pin, uint32_t offset, unsigned width, uint32_t value)
{
    volatile uint32_t *word = reg(pin->port + offset + 4 * (pin->number * width / 32));
    unsigned shift = pin->number * width % 32;

    *word = (*word & ~(((1u << width) - 1) << shift)) | value << shift;
}

static void set_up_pins(void)
{
    set_field(led, MODER, 2, MODE_OUTPUT);
    set_field(&button, MODER, 2, MODE_INPUT);
    set_field(&button, PUPDR, 2, BOARD_BUTTON_PRESSED ? PULL_DOWN : PULL_UP);
    set_field(&tx, AFRL, 4, BOARD_USART_ALTERNATE);
    set_field(&tx, MODER, 2, MODE_ALTERNATE);
    set_field(&rx, AFRL, 4, BOARD_USART_ALTERNATE);
    set_field(&rx, MODER, 2, MODE_ALTERNATE);
}

static void put_char(char c)
{
    while (!(*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_TXE)) {
    }
    *reg(BOARD_USART + BOARD_USART_TRANSMIT) = (uint32_t)c;
}

static void put_text(const char *text)
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

static const char *name_of(enum bootleap_origin origin)
{
    switch (origin) {
    case BOOTLEAP_FROM_ROM:
        return "from the ROM";
    case BOOTLEAP_LEFT_ROM:
        return "from a reset that ended the ROM";
    case BOOTLEAP_ROM_GAVE_UP:
        return "from a ROM that gave up";
    default:
        return "from reset";
    }
}

typedef int (*way)(void);

// The way into the ROM that is asked for: through a reset (`b`, the button), or without (`j`).
static way asked_way(void)
{
    uint32_t level = *reg(button.port + IDR) >> button.number & 1u;

    if (level == BOARD_BUTTON_PRESSED) {
        return bootleap_enter;
    }
    if (*reg(BOARD_USART + BOARD_USART_STATUS) & BOARD_USART_RXNE) {
        uint32_t key = *reg(BOARD_USART + BOARD_USART_RECEIVE) & 0xFF;
        return key == 'b' ? bootleap_enter : key == 'j' ? bootleap_jump : 0;
    }
    return 0;
}

void application(enum bootleap_origin origin)
{
    *reg(BOARD_PORT_CLOCKS) |= BOARD_PORT_CLOCKS_MASK;
    *reg(BOARD_USART_CLOCK) |= BOARD_USART_CLOCK_MASK;
    (void)*reg(BOARD_USART_CLOCK); // the clocks run when the write has been read back
    set_up_pins();
    *reg(BOARD_USART + BOARD_USART_BRR) = (BOARD_USART_HZ + 57600) / 115200;
    *reg(BOARD_USART + BOARD_USART_CR1) = BOARD_USART_ENABLE;

    *reg(led->port + BSRR) = 1u << led->number;
    put_text("bootleap example on " BOARD_NAME ", version " APPLICATION_VERSION_TEXT ", ");
    put_text(name_of(origin));
    put_text("\r\n");

    for (;;) {
        way to_rom = asked_way();
        if (to_rom) {
            put_text("to the ROM\r\n");
            drain();
            if (to_rom() < 0) {
                put_text("refused\r\n");
            }
        }
    }
}
