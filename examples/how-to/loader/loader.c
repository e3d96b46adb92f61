// loader.c: a loader that starts before the application, and asks bootleap before anything else.
// SPDX-License-Identifier: MIT
//
// It stands for MCUboot and its like: it would check a signature and swap images. What counts here
// is what runs first after a reset, and what it leaves behind.
#include "bootleap.h"

#include <stdint.h>

#define APPLICATION 0x08020000u
#define SCB_VTOR    0xE000ED08u
#define SYST_CSR    0xE000E010u
#define SYST_RVR    0xE000E014u

// From the linker script.
extern uint32_t stack_top[];

void reset_handler(void);
void stop_here(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {
    stack_top,
    {reset_handler, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here,
     stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here},
};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

void stop_here(void)
{
    for (;;) {
    }
}

// r0 carries the origin: what the loader found, the application cannot find a second time.
static _Noreturn void start_application(enum bootleap_origin origin)
{
    register uint32_t r0 __asm__("r0") = origin;

    *reg(SCB_VTOR) = APPLICATION;
    __asm__ volatile("msr msp, %1\n"
                     "bx %2\n"
                     :
                     : "r"(r0), "r"(*reg(APPLICATION)), "r"(*reg(APPLICATION + 4))
                     : "memory");
    __builtin_unreachable();
}

void reset_handler(void)
{
    enum bootleap_origin origin = bootleap_on_reset();

    *reg(SYST_RVR) = 15999; // for the time-outs of its work, and left running
    *reg(SYST_CSR) = 5;
    start_application(origin);
}
