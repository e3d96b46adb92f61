// hooked.c: start-up code as vendors have it, which knows nothing of bootleap.
// SPDX-License-Identifier: MIT
//
// SystemInit() first, then .data and .bss, then the functions of .preinit_array. The file names
// bootleap only to print what the hook has found.
#include "application.h"
#include "bootleap_hook.h"

#include <stdint.h>

typedef void (*function)(void);

// From the linker script.
extern uint32_t stack_top[], data_load[], data_start[], data_end[], bss_start[], bss_end[];
extern const function preinit_start[], preinit_end[];

void reset_handler(void);
void stop_here(void);
void SystemInit(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    function handlers[15];
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

#ifdef HOOK_MAY_BE_MISSING
// A weak reference takes nothing out of an archive, like a hook that nobody refers to at all.
enum bootleap_origin bootleap_hooked_origin(void) __attribute__((weak));

static enum bootleap_origin origin_of_hook(void)
{
    return bootleap_hooked_origin ? bootleap_hooked_origin() : BOOTLEAP_FROM_RESET;
}
#else
static enum bootleap_origin origin_of_hook(void)
{
    return bootleap_hooked_origin();
}
#endif

void reset_handler(void)
{
    volatile uint32_t *from = data_load;

    SystemInit();
    for (volatile uint32_t *to = data_start; to < data_end; to++) {
        *to = *from++;
    }
    for (volatile uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    for (const function *one = preinit_start; one < preinit_end; one++) {
        (*one)();
    }
    application(origin_of_hook());
}
