// after_go.c: what runs after the ROM's Go, with an interrupt that it needs.
// SPDX-License-Identifier: MIT
//
// The application does not set where its vectors are, as generated start-up code does not:
// reported dead at its first interrupt (candle-usb/candleLight_fw#319, numworks/epsilon#329,
// skuep/AIOC#102). With SET_VECTORS it does, which is their mend.
#include "recipe.h"

// In RAM that the ROM leaves alone: this application tells its starts apart.
static volatile uint32_t *magic(void)
{
    return reg(CHIP_FREE_RAM);
}

void alive(void);

__attribute__((noinline)) void alive(void)
{
    __asm__ volatile("nop");
    stay_here();
}

static void set_vectors(void)
{
#if SET_VECTORS && CHIP_HAS_VTOR
    *reg(SCB_VTOR) = CHIP_FLASH;
#elif SET_VECTORS
    clock_remap();
    *reg(CHIP_REMAP_REGISTER) &= ~CHIP_REMAP_MASK;
#endif
}

void application(void)
{
    if (*magic() == REQUEST) {
        *magic() = REQUEST + 1;
        clock_remap();
        remap();
        jump_in_assembly(CHIP_ROM);
    }
    if (*magic() != REQUEST + 1) { // the first start: enters
        *magic() = REQUEST;
        reset_chip();
    }
    mask_interrupts();
    stop_tick();
    clear_interrupts();
    set_vectors();
    unmask_interrupts();
    start_tick();
    while (ticks != 3) { // what a ROM's handler makes of .bss is not a count
    }
    alive();
}
