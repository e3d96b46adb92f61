// direct.c: jumps into the ROM from its reset handler, with point WRONG of the contract broken.
// SPDX-License-Identifier: MIT
//
// WRONG is 0 (nothing is wrong) or the number of the point. Not an example: nothing is undone
// here because nothing was done.
#include "bootleap_devices.h"

#include <stdint.h>

#define MARK_AWAY 0xB0071EA2u // docs/contract.md
#define SCB_VTOR  0xE000ED08u
#define SCB_SCR   0xE000ED10u
#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define NVIC_ISER 0xE000E100u

extern uint32_t stack_top[];

void reset_handler(void);
void svc_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler, [10] = svc_handler}};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static void prepare(void)
{
    *reg(BOOTLEAP_MARK) = MARK_AWAY;
    *reg(BOOTLEAP_MARK + 4) = ~MARK_AWAY;
    if (BOOTLEAP_REMAP) {
        *reg(BOOTLEAP_REMAP_CLOCK) |= BOOTLEAP_REMAP_CLOCK_MASK;
        *reg(BOOTLEAP_REMAP_REGISTER) = BOOTLEAP_REMAP_SYSTEM_MEMORY;
    }
    if (WRONG == 6) {
        *reg(NVIC_ISER) = 1;
    }
    if (WRONG == 7) {
        *reg(SYST_RVR) = 0xFFFFFF;
        *reg(SYST_CSR) = 1;
    }
    if (WRONG == 16) {
        *reg(SCB_SCR) = 4; // SLEEPDEEP
    }
    *reg(SCB_VTOR) = BOOTLEAP_ROM;
}

#if WRONG == 2
#define BREAK "msr psp, r0\nmovs r2, #2\nmsr control, r2\nisb\n"
#elif WRONG == 4
#define BREAK "cpsid i\n"
#elif WRONG == 5
#define BREAK "ldr r2, =0x20000100\nmsr msplim, r2\n"
#else
#define BREAK ""
#endif

static void jump(void)
{
    __asm__ volatile(".syntax unified\n"
                     "ldr r0, [%0]\n"
                     "ldr r1, [%0, #4]\n"
                     "msr msp, r0\n" BREAK "bx r1\n" ::"r"(BOOTLEAP_ROM)
                     : "r0", "r1", "r2", "memory");
}

void svc_handler(void)
{
    prepare();
    jump();
}

void reset_handler(void)
{
    if (WRONG == 3) {
        *reg(SCB_VTOR) = (uint32_t)&vectors;
        __asm__ volatile("svc 0");
    }
    prepare();
    jump();
}
