// port_crl.h: pins of the GPIO ports with a CRL and a CRH (RM0008, 9.2).
// SPDX-License-Identifier: MIT
#ifndef PORT_CRL_H
#define PORT_CRL_H

#include "application.h"

enum { PORT_CRL = 0x00, PORT_IDR = 0x08, PORT_BSRR = 0x10 };
enum { CONFIG_OUTPUT = 0x2, CONFIG_ALTERNATE = 0xA, CONFIG_PULLED = 0x8 }; // CNF and MODE, 2 MHz

static inline void port_config(const struct pin *pin, uint32_t config)
{
    volatile uint32_t *word = reg(pin->port + PORT_CRL + 4 * (pin->number / 8));
    unsigned shift = 4 * (pin->number % 8);

    *word = (*word & ~(15u << shift)) | config << shift;
}

static inline void port_output(const struct pin *pin)
{
    port_config(pin, CONFIG_OUTPUT);
}

// An input, with a pull to where it rests: ODR says which.
static inline void port_input(const struct pin *pin, unsigned rest)
{
    *reg(pin->port + PORT_BSRR) = 1u << (pin->number + (rest ? 0 : 16));
    port_config(pin, CONFIG_PULLED);
}

// These ports have no numbers of functions: an output is the peripheral's, an input everybody's.
static inline void port_transmit(const struct pin *pin, unsigned function)
{
    (void)function;
    port_config(pin, CONFIG_ALTERNATE);
}

static inline void port_receive(const struct pin *pin, unsigned function)
{
    (void)function;
    port_input(pin, 1);
}

#endif
