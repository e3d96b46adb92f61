// main.c: start-up code that writes where the mark would be, so that it is in backup registers.
// SPDX-License-Identifier: MIT
//
// TRACE_BUFFER stands for all RAM that is in use before bootleap_on_reset() can be called: here a
// buffer at a fixed address, which starts empty.
#include "board.h"
#include "bootleap_strerror.h"
#include "recipe.h"
#include "serial.h"

#include <stdint.h>

#define SCB_VTOR    0xE000ED08u
#define TRACE_WORDS 64

// From the linker script.
extern uint32_t stack_top[];

void reset_handler(void);
void stop_here(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {
    stack_top,
    {reset_handler, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here,
     stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here},
};

void stop_here(void)
{
    for (;;) {
    }
}

void reset_handler(void)
{
    for (int i = 0; i < TRACE_WORDS; i++) {
        ((volatile uint32_t *)TRACE_BUFFER)[i] = 0;
    }
    enum bootleap_origin origin = bootleap_on_reset();

    *(volatile uint32_t *)SCB_VTOR = (uint32_t)&vectors;
    application(origin);
}

void application(enum bootleap_origin origin)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("backup", origin);
    for (;;) {
        if (serial_read() == 'b') {
            serial_print(bootleap_strerror(bootleap_enter()));
            serial_print("\r\n");
        }
    }
}
