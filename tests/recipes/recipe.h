// recipe.h: what recipes share: registers, the reset, the jump as everybody writes it.
// SPDX-License-Identifier: MIT
#ifndef RECIPE_H
#define RECIPE_H

#include "chip.h" // generated: the addresses of this device

#include <stdint.h>

#define REQUEST 0xDEADBEEFu

#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define SYST_CVR  0xE000E018u
#define NVIC_ISER 0xE000E100u
#define NVIC_ICER 0xE000E180u
#define NVIC_ICPR 0xE000E280u
#define SCB_VTOR  0xE000ED08u
#define SCB_AIRCR 0xE000ED0Cu
#define SCB_CCR   0xE000ED14u
#define SCB_CPACR 0xE000ED88u
#define SCB_SHPR2 0xE000ED1Cu // SVCall's priority in the highest byte

#define ALWAYS_INLINE static inline __attribute__((always_inline))

extern volatile uint32_t ticks; // counted by SysTick's handler, in .bss

// What main() is elsewhere: .bss is zero, .noinit as it was. Each recipe has one.
void application(void);
// Before .bss is zeroed, for those that look at what a reset has left.
void first_of_all(void);
// An interrupt and a button of the application, for those that enter from there.
void on_interrupt(void);
void on_service_call(void);

ALWAYS_INLINE volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

ALWAYS_INLINE void mask_interrupts(void)
{
    __asm__ volatile("cpsid i" : : : "memory");
}

ALWAYS_INLINE void unmask_interrupts(void)
{
    __asm__ volatile("cpsie i" : : : "memory");
}

// As CMSIS has it: no word about memory to the compiler.
ALWAYS_INLINE void set_msp(uint32_t value)
{
    __asm__ volatile("msr msp, %0" : : "r"(value));
}

ALWAYS_INLINE void stay_here(void)
{
    for (;;) {
        __asm__ volatile("nop");
    }
}

ALWAYS_INLINE void reset_chip(void)
{
    __asm__ volatile("dsb" : : : "memory");
    *reg(SCB_AIRCR) = 0x05FA0004u;
    stay_here();
}

// As most people write it: the stack pointer first, then a call through a pointer.
ALWAYS_INLINE void jump_in_c(uint32_t table)
{
    void (*start)(void) = (void (*)(void))(*reg(table + 4));

    set_msp(*reg(table));
    start();
    stay_here();
}

// As those write it who looked at the listing: nothing of the compiler's in between.
ALWAYS_INLINE void jump_in_assembly(uint32_t table)
{
    __asm__ volatile("msr msp, %0\nbx %1" : : "r"(*reg(table)), "r"(*reg(table + 4)) : "memory");
    stay_here();
}

// The remap, where the series has it.
ALWAYS_INLINE void remap(void)
{
#if CHIP_REMAP
    *reg(CHIP_REMAP_REGISTER) =
        (*reg(CHIP_REMAP_REGISTER) & ~CHIP_REMAP_MASK) | CHIP_REMAP_SYSTEM_MEMORY;
#endif
}

// SYSCFG's clock, where it has one of its own.
ALWAYS_INLINE void clock_remap(void)
{
#if CHIP_REMAP && CHIP_REMAP_CLOCK
    *reg(CHIP_REMAP_CLOCK) |= CHIP_REMAP_CLOCK_MASK;
    (void)*reg(CHIP_REMAP_CLOCK);
#endif
}

// SysTick every 1000 cycles, with its interrupt.
ALWAYS_INLINE void start_tick(void)
{
    *reg(SYST_RVR) = 999;
    *reg(SYST_CVR) = 0;
    *reg(SYST_CSR) = 7;
}

ALWAYS_INLINE void stop_tick(void)
{
    *reg(SYST_CSR) = 0;
}

// What an application has running when it wants to leave: a crystal or PLL, a LED, SysTick, an
// interrupt; and supplies and flash set as for fast clocks. The FPU is on in any case.
void start_application(void);
// What a vendor's HAL does to set the clocks back: the clock tree, not the enables of
// peripherals; and it starts SysTick anew (zephyrproject-rtos/hal_stm32 fe7d2e2: HAL_RCC_DeInit()
// calls HAL_InitTick() in stm32cube/*/drivers/src/*_hal_rcc*.c).
void reset_clocks_as_hal(void);
// Interrupts off at the NVIC and none pending.
void clear_interrupts(void);

#endif
