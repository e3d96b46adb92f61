// startup.c: vector table and reset handler. bootleap_on_reset() is the first thing that runs.
// SPDX-License-Identifier: MIT
#include "application.h"

#include <stdint.h>

#define SCB_VTOR 0xE000ED08u

// From the linker script.
extern uint32_t stack_top[], data_load[], data_start[], data_end[], bss_start[], bss_end[];

void reset_handler(void);
void stop_here(void);

typedef void (*vector)(void);

// Sixteen entries are what the core itself knows; the application uses no interrupt.
__attribute__((section(".vectors"), used)) static const struct {
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
    enum bootleap_origin origin = bootleap_on_reset();
    volatile uint32_t *from = data_load;

    *(volatile uint32_t *)SCB_VTOR = (uint32_t)&vectors;
    for (volatile uint32_t *to = data_start; to < data_end; to++) {
        *to = *from++;
    }
    for (volatile uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    application(origin);
}
