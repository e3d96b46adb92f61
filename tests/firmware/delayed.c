// delayed.c: clears 64 KB of .bss, waits for 500 ms at 480 MHz, and enters, as stock projects do.
// SPDX-License-Identifier: MIT
//
// bootleap_on_reset() is called first, or last in start-up code as a hook does that runs behind
// .bss, or never.
#include "bootleap.h"

#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define SYST_CSR     REG(0xE000E010u)
#define SYST_RVR     REG(0xE000E014u)

enum { MILLISECONDS = 500, CYCLES = 480000, LARGE = 0x10000 };

extern uint32_t stack_top[], bss_start[], bss_end[];

void reset_handler(void);
void stop_here(void);
void SysTick_Handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {
    stack_top,
    {reset_handler, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, stop_here,
     stop_here, stop_here, stop_here, stop_here, stop_here, stop_here, SysTick_Handler},
};

static volatile uint32_t uwTick;
static volatile uint8_t large[LARGE];

void stop_here(void)
{
    for (;;) {
    }
}

void SysTick_Handler(void)
{
    uwTick++;
}

static void HAL_Delay(uint32_t milliseconds)
{
    uint32_t start = uwTick;

    while (uwTick - start < milliseconds) {
    }
}

void reset_handler(void)
{
    enum bootleap_origin origin = BOOTLEAP_FROM_RESET;

    if (CALLS_FIRST) {
        origin = bootleap_on_reset();
    }
    for (volatile uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    if (CALLS_LAST) {
        origin = bootleap_on_reset();
    }
    large[0] = 1;
    if (origin == BOOTLEAP_FROM_RESET) {
        SYST_RVR = CYCLES - 1;
        SYST_CSR = 7;
        HAL_Delay(MILLISECONDS);
        bootleap_enter();
    }
    stop_here();
}
