// kernel.c: from the reset handler to main() in the shape of Zephyr's, with a tick that runs on.
// SPDX-License-Identifier: MIT
#include "kernel.h"

#include <stdint.h>

#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define SCB_VTOR  0xE000ED08u
#define SCB_SHPR3 0xE000ED20u
#define SCB_CPACR 0xE000ED88u

// From the linker script.
extern uint32_t _vector_start[], __data_region_load_start[], __data_region_start[],
    __data_region_end[], __bss_start[], __bss_end[];

// From reset.S.
extern uint8_t z_main_stack[];

void z_prep_c(void);
void sys_clock_isr(void);

static volatile uint32_t ticks;

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

void sys_clock_isr(void)
{
    ticks++;
}

uint32_t sys_clock_ticks(void)
{
    return ticks;
}

// The floating point unit, as Zephyr has it for an image that shares it among threads.
#if __ARM_ARCH >= 7
static void open_fpu(void)
{
    *reg(SCB_CPACR) |= 0xF00000u;
    __asm__ volatile("dsb\n"
                     "isb"
                     :
                     :
                     : "memory");
}

static void unlock_interrupts(void)
{
    __asm__ volatile("msr basepri, %0" : : "r"(0) : "memory");
}
#else
static void open_fpu(void)
{
}

static void unlock_interrupts(void)
{
    __asm__ volatile("cpsie i" : : : "memory");
}
#endif

static void start_clock(void)
{
    *reg(SCB_SHPR3) = 0xFFFF0000u;
    *reg(SYST_RVR) = 3999;
    *reg(SYST_CSR) = 7;
}

void z_prep_c(void)
{
    volatile uint32_t *from = __data_region_load_start;

    *reg(SCB_VTOR) = (uint32_t)_vector_start;
    open_fpu();
    for (volatile uint32_t *to = __bss_start; to < __bss_end; to++) {
        *to = 0;
    }
    for (volatile uint32_t *to = __data_region_start; to < __data_region_end; to++) {
        *to = *from++;
    }
    start_clock();
    unlock_interrupts();
    shell_start();
}
