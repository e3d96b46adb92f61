// hooked.c: an application whose start-up code runs .preinit_array, behind a SystemInit() of ST's.
// SPDX-License-Identifier: MIT
//
// What SystemInit() has written the simulator writes, see --system-init.
#include "bootleap.h"
#include "bootleap_hook.h"

#include <stdint.h>

typedef void (*function)(void);

extern uint32_t stack_top[]; // from the command line of the linker
extern const function preinit_start[], preinit_end[];

void reset_handler(void);
void application(enum bootleap_origin origin);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    function handlers[15];
} vectors = {stack_top, {reset_handler}};

// The simulator looks at its argument, and calls the function for it.
__attribute__((noinline, used)) void application(enum bootleap_origin origin)
{
    __asm__ volatile("1: b 1b" : : "r"(origin), "r"(bootleap_enter));
}

void reset_handler(void)
{
    for (const function *one = preinit_start; one < preinit_end; one++) {
        (*one)();
    }
    application(bootleap_hooked_origin());
}
