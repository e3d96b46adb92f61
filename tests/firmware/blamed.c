// blamed.c: jumps as stock code does, with names as a HAL has them, so that each can be blamed.
// SPDX-License-Identifier: MIT
//
// The start-up code switches the FPU on; the jump masks interrupts, stops SysTick and then calls
// what starts it again. NEW_STACK has the jump find its target in the new stack. The lines that are
// to be blamed end in a word that tests look for.
#include "bootleap_devices.h"

#include <stdint.h>

#define MARK_AWAY 0xB0071EA2u // docs/contract.md
#define SCB_VTOR  0xE000ED08u
#define SCB_CPACR 0xE000ED88u
#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define NVIC_ISER 0xE000E100u

extern uint32_t stack_top[];

void reset_handler(void);
void SystemInit(void);
void HAL_InitTick(void);
void HAL_RCC_DeInit(void);
void jump_to_bootloader(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler}};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

__attribute__((noinline)) void SystemInit(void)
{
#if BOOTLEAP_FPU
    *reg(SCB_CPACR) |= 0xF00000u; // line-fpu
#endif
    *reg(SCB_VTOR) = (uint32_t)&vectors;
}

__attribute__((noinline)) void HAL_InitTick(void)
{
    *reg(SYST_RVR) = 0xFFFFFF;
    *reg(SYST_CSR) = 5; // line-tick
}

__attribute__((noinline)) void HAL_RCC_DeInit(void)
{
    volatile uint32_t saved[12];

    for (unsigned i = 0; i < 12; i++) { // a frame, as HAL's functions have one
        saved[i] = i;
    }
    HAL_InitTick(); // line-deinit
    (void)saved[0];
}

__attribute__((noinline)) void jump_to_bootloader(void)
{
    volatile uint32_t table[4];

    table[1] = BOOTLEAP_ROM;
    __asm__ volatile("cpsid i");   // line-masked
    *reg(NVIC_ISER + 4) = 1u << 6; // line-interrupt
    *reg(SYST_CSR) = 0;
    HAL_RCC_DeInit(); // line-jump
    *reg(BOOTLEAP_MARK) = MARK_AWAY;
    *reg(BOOTLEAP_MARK + 4) = ~MARK_AWAY;
    if (BOOTLEAP_REMAP) {
        *reg(BOOTLEAP_REMAP_CLOCK) |= BOOTLEAP_REMAP_CLOCK_MASK;
        *reg(BOOTLEAP_REMAP_REGISTER) = BOOTLEAP_REMAP_SYSTEM_MEMORY;
    }
    *reg(SCB_VTOR) = BOOTLEAP_ROM;
#if NEW_STACK
    __asm__ volatile("msr msp, %0" ::"r"(*reg(table[1])));
    ((vector)*reg(table[1] + 4))(); // the table is where SP was
#else
    vector start = (vector)*reg(table[1] + 4);
    __asm__ volatile("msr msp, %0" ::"r"(*reg(table[1])));
    start();
#endif
    for (;;) {
    }
}

__attribute__((noinline)) static void application(void)
{
    volatile uint32_t frame[8];

    frame[0] = 1;
    jump_to_bootloader(); // line-application
    (void)frame[0];
}

void reset_handler(void)
{
    SystemInit();
    application();
}
