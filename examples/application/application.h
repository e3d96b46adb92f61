// application.h: the example application.
// SPDX-License-Identifier: MIT
#ifndef APPLICATION_H
#define APPLICATION_H

#include "bootleap.h"

#include <stdint.h>

#ifndef APPLICATION_VERSION
#define APPLICATION_VERSION 1
#endif

#if APPLICATION_VERSION == 1
#define APPLICATION_VERSION_TEXT "1"
#else
#define APPLICATION_VERSION_TEXT "2"
#endif

struct pin {
    uint32_t port; // base address; 0: there is no such pin
    unsigned number;
};

static inline volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

// Runs for ever. `origin` is what bootleap_on_reset() returned.
_Noreturn void application(enum bootleap_origin origin);

// Prints a text on the board's USART.
void put_text(const char *text);

// Prints one line about the program, which has just started, and one about a refusal of bootleap.
// introduce.c has both for the boards of this folder, report.c for other boards.
void introduce(enum bootleap_origin origin);
void tell_refusal(int refusal);

#endif
