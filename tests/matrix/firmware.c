// firmware.c: the smallest application there can be, which the matrix makes enter the ROM.
// SPDX-License-Identifier: MIT
//
// It sets up nothing: the state in which it enters is made by the simulator.
#include "bootleap.h"
#include "bootleap_jump.h"

#include <stdint.h>

extern uint32_t stack_top[]; // from the command line of the linker

void reset_handler(void);
void application(enum bootleap_origin origin);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {reset_handler}};

// The simulator looks at its argument, and calls one of both for it.
__attribute__((noinline, used)) void application(enum bootleap_origin origin)
{
    __asm__ volatile("1: b 1b" : : "r"(origin), "r"(bootleap_enter), "r"(bootleap_jump));
}

void reset_handler(void)
{
    application(bootleap_on_reset());
}
