// states.c: calls bootleap_enter() in the state STATE, in which applications find themselves.
// SPDX-License-Identifier: MIT
#include "bootleap.h"
#include "bootleap_devices.h"

#include <stdint.h>

#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define NVIC_ISER 0xE000E100u
#define NVIC_ISPR 0xE000E200u
#define SCB_VTOR  0xE000ED08u
#define SCB_ICSR  0xE000ED04u
#define SCB_CCR   0xE000ED14u
#define MPU_CTRL  0xE000ED94u
#define PENDSVSET 0x10000000u

enum { PROCESS_STACK = 1, MASKED, HANDLER, PENDING, PROTECTED, STACK_OVER_MARK, UNPRIVILEGED };

extern uint32_t stack_top[];

void reset_handler(void);
void stop_here(void);
void enter(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[16];
} vectors = {stack_top, {[0] = reset_handler, [10] = enter, [13] = stop_here, [15] = stop_here}};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

void stop_here(void)
{
    for (;;) {
    }
}

// Comes back only if it is refused, which is right for unprivileged code and a fault otherwise.
void enter(void)
{
    if (bootleap_enter() != BOOTLEAP_UNPRIVILEGED || STATE != UNPRIVILEGED) {
        __asm__ volatile("udf #0");
    }
    stop_here();
}

static void busy(void)
{
    *reg(SYST_RVR) = 50;
    *reg(SYST_CSR) = 5; // without its interrupt
    __asm__ volatile("cpsid i");
    *reg(NVIC_ISER) = 1;
    *reg(NVIC_ISPR) = 1;
    *reg(SCB_ICSR) = PENDSVSET;
}

static void go_to_state(void)
{
    if (STATE == PROCESS_STACK || STATE == UNPRIVILEGED) {
        __asm__ volatile("msr psp, %0\nmsr control, %1\nisb"
                         :
                         : "l"(0x20007000u), "l"(STATE == UNPRIVILEGED ? 3 : 2)
                         : "memory");
    } else if (STATE == MASKED) {
        __asm__ volatile("cpsid i");
    } else if (STATE == PENDING) {
        busy();
    } else if (STATE == PROTECTED) {
        *reg(MPU_CTRL) = 5;
        *reg(SCB_CCR) |= 0x30000u;
    }
}

void reset_handler(void)
{
    if (bootleap_on_reset() == BOOTLEAP_FROM_ROM) {
        stop_here();
    }
    *reg(SCB_VTOR) = (uint32_t)&vectors;
    go_to_state();
    if (STATE == HANDLER) {
        __asm__ volatile("svc 0");
    }
    if (STATE == STACK_OVER_MARK) { // and nothing of the compiler's in between
        __asm__ volatile("mov sp, %0\nbl enter" : : "l"(BOOTLEAP_MARK + OVER_MARK) : "memory");
    }
    enter();
}
