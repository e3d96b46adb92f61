// fixed.c: an application that the ROM has started, and that cannot reset.
// SPDX-License-Identifier: MIT
//
// It gets to alive() by its own SysTick's handler, once bootleap_fix_after_rom() has changed what
// it says and nothing else, and to wrong() otherwise.
#include "bootleap.h"
#include "bootleap_devices.h"
#include "bootleap_fix_after_rom.h"

#include <stdint.h>

#define SCB_VTOR  0xE000ED08u
#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define SYST_CVR  0xE000E018u
#define NVIC_ICER 0xE000E180u

#if BOOTLEAP_ENTRY
#define HAS_VTOR BOOTLEAP_VTOR
#else
#define HAS_VTOR 1 // of the cores of these parts all have
#endif

extern uint32_t stack_top[]; // from the command line of the linker

void reset_handler(void);
void on_tick(void);
void alive(void);
void wrong(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(256))) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler, [2] = wrong, [14] = on_tick}};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

__attribute__((noinline)) void alive(void)
{
    __asm__ volatile("1: b 1b");
}

// The ROM's SysTick still runs, and must not get to alive() from here.
__attribute__((noinline)) void wrong(void)
{
    __asm__ volatile("cpsid i\n"
                     "1: b 1b");
}

void on_tick(void)
{
    alive();
}

static uint32_t is_masked(void)
{
    uint32_t masked;

    __asm__ volatile("mrs %0, primask" : "=r"(masked));
    return masked & 1;
}

#if BOOTLEAP_ENTRY && BOOTLEAP_REMAP

// Word 0 of the table that is seen at address 0, which a compiler must not know to be null.
static uint32_t word_at_0(void)
{
    uint32_t place = 0;

    __asm__ volatile("" : "+r"(place));
    return *reg(place);
}

static int is_flash_at_0(void)
{
    return word_at_0() == (uint32_t)stack_top;
}

static uint32_t clocks(void)
{
    return BOOTLEAP_REMAP_CLOCK ? *reg(BOOTLEAP_REMAP_CLOCK) : 0;
}

#else

static int is_flash_at_0(void)
{
    return 1;
}

static uint32_t clocks(void)
{
    return 0;
}

#endif

static void fix(uint32_t masked)
{
    uint32_t before = clocks();

    bootleap_fix_after_rom(&vectors);
    if (clocks() != before || !is_flash_at_0() || is_masked() != masked ||
        (HAS_VTOR && *reg(SCB_VTOR) != (uint32_t)&vectors)) {
        wrong();
    }
}

void reset_handler(void)
{
    fix(0);
    __asm__ volatile("cpsid i" : : : "memory");
    fix(1); // with interrupts masked, and nothing left to do
    __asm__ volatile("cpsie i" : : : "memory");
    *reg(NVIC_ICER) = 0xFFFFFFFFu;
    *reg(SYST_RVR) = 100;
    *reg(SYST_CVR) = 0;
    *reg(SYST_CSR) = 7;
    for (;;) {
    }
}
