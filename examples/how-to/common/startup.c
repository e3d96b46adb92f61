// startup.c: vector table and reset handler of the recipes that do not bring their own.
// SPDX-License-Identifier: MIT
//
// A handler that a recipe defines takes the place of the weak one here.
#include "recipe.h"

#include <stdint.h>

#define SCB_VTOR 0xE000ED08u

// From the linker script.
extern uint32_t stack_top[], data_load[], data_start[], data_end[], bss_start[], bss_end[];

void reset_handler(void);
void stop_here(void);
__attribute__((weak)) void HardFault_Handler(void);
__attribute__((weak)) void SVC_Handler(void);
__attribute__((weak)) void PendSV_Handler(void);
__attribute__((weak)) void SysTick_Handler(void);
__attribute__((weak)) void IRQ0_Handler(void);

typedef void (*vector)(void);

// Sixteen entries of the core, and the first interrupt of the chip.
__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[16];
} vectors = {
    stack_top,
    {reset_handler, stop_here, HardFault_Handler, stop_here, stop_here, stop_here, stop_here,
     stop_here, stop_here, stop_here, SVC_Handler, stop_here, stop_here, PendSV_Handler,
     SysTick_Handler, IRQ0_Handler},
};

void stop_here(void)
{
    for (;;) {
    }
}

void HardFault_Handler(void)
{
    stop_here();
}

void SVC_Handler(void)
{
    stop_here();
}

void PendSV_Handler(void)
{
    stop_here();
}

void SysTick_Handler(void)
{
    stop_here();
}

void IRQ0_Handler(void)
{
    stop_here();
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
