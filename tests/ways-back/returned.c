// returned.c: an application with a second vector table for the host's Go.
// SPDX-License-Identifier: MIT
//
// With CALLS it calls bootleap_on_reset() first, without it never does: the way back is clean both
// times. The simulator makes it enter, and looks at the argument of application().
#include "bootleap.h"

#include <stdint.h>

extern uint32_t stack_top[]; // from the command line of the linker

void reset_handler(void);
void application(enum bootleap_origin origin);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {reset_handler}};

__attribute__((noinline, used)) void application(enum bootleap_origin origin)
{
    __asm__ volatile("1: b 1b" : : "r"(origin), "r"(CALLS ? bootleap_enter : 0));
}

void reset_handler(void)
{
    application(CALLS ? bootleap_on_reset() : BOOTLEAP_FROM_RESET);
}
