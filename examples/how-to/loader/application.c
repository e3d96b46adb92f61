// application.c: an application behind a loader: it enters, and the loader does the rest.
// SPDX-License-Identifier: MIT
//
// -DASKS_ITSELF is for a loader that cannot be changed: see what that costs in docs/recipes.md.
#include "board.h"
#include "bootleap_strerror.h"
#include "recipe.h"
#include "serial.h"

#include <stdint.h>

// From the linker script.
extern uint32_t stack_top[];

void reset_handler(enum bootleap_origin from_loader);
void stop_here(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    void (*reset)(enum bootleap_origin from_loader);
    vector handlers[14];
} vectors = {
    stack_top,
    reset_handler,
    {stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here,
     stop_here, stop_here, stop_here, stop_here, stop_here, stop_here},
};

void stop_here(void)
{
    for (;;) {
    }
}

#ifdef ASKS_ITSELF
static enum bootleap_origin find_origin(enum bootleap_origin from_loader)
{
    (void)from_loader;
    return bootleap_on_reset();
}
#else
// A debugger starts this without the loader: then r0 holds anything.
static enum bootleap_origin find_origin(enum bootleap_origin from_loader)
{
    return from_loader <= BOOTLEAP_ROM_GAVE_UP ? from_loader : BOOTLEAP_FROM_RESET;
}
#endif

void reset_handler(enum bootleap_origin from_loader)
{
    application(find_origin(from_loader));
}

void application(enum bootleap_origin origin)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("behind a loader", origin);
    for (;;) {
        if (serial_read() == 'b') {
            serial_print(bootleap_strerror(bootleap_enter()));
            serial_print("\r\n");
        }
    }
}
