// port_moder.h: pins of the GPIO ports with a MODER (RM0468, 12.4; the other manuals alike).
// SPDX-License-Identifier: MIT
#ifndef PORT_MODER_H
#define PORT_MODER_H

#include "application.h"

enum { PORT_MODER = 0x00, PORT_PUPDR = 0x0C, PORT_IDR = 0x10, PORT_BSRR = 0x18, PORT_AFRL = 0x20 };
enum { MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_ALTERNATE = 2, PULL_UP = 1, PULL_DOWN = 2 };

// Puts a field of `width` bits, the pin's own, into a register of its port.
static inline void port_field(const struct pin *pin, uint32_t offset, unsigned width,
                              uint32_t value)
{
    volatile uint32_t *word = reg(pin->port + offset + 4 * (pin->number * width / 32));
    unsigned shift = pin->number * width % 32;

    *word = (*word & ~(((1u << width) - 1) << shift)) | value << shift;
}

static inline void port_output(const struct pin *pin)
{
    port_field(pin, PORT_MODER, 2, MODE_OUTPUT);
}

// An input, with a pull to where it rests.
static inline void port_input(const struct pin *pin, unsigned rest)
{
    port_field(pin, PORT_PUPDR, 2, rest ? PULL_UP : PULL_DOWN);
    port_field(pin, PORT_MODER, 2, MODE_INPUT);
}

static inline void port_transmit(const struct pin *pin, unsigned function)
{
    port_field(pin, PORT_AFRL, 4, function);
    port_field(pin, PORT_MODER, 2, MODE_ALTERNATE);
}

// With a pull-up: a line that nobody drives is idle.
static inline void port_receive(const struct pin *pin, unsigned function)
{
    port_field(pin, PORT_PUPDR, 2, PULL_UP);
    port_transmit(pin, function);
}

#endif
