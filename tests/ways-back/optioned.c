// optioned.c: an application that enters the ROM by option bytes, and leaves that again.
// SPDX-License-Identifier: MIT
//
// With RESTORES it makes every reset start flash again as its first act; without, its host does.
// The simulator has it enter, and looks at the argument of application().
#include "bootleap.h"
#include "bootleap_option_bytes.h"

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
    __asm__ volatile("1: b 1b" : : "r"(origin), "r"(bootleap_enter_by_option_bytes));
}

void reset_handler(void)
{
    if (RESTORES) {
        bootleap_restore_option_bytes();
    }
    application(bootleap_on_reset());
}
