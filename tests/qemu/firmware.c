// firmware.c: goes to the state that the linker was told, and from there into the ROM.
// SPDX-License-Identifier: MIT
//
// The simulator and QEMU run it, with other addresses and nothing else different: see
// CMakeLists.txt. `state`, `via` and `way` are absolute symbols, so that one object serves every
// ELF.
#include "bootleap.h"
#include "bootleap_devices.h"

#include <stdint.h>

#define SYST_CSR  0xE000E010u
#define SYST_RVR  0xE000E014u
#define NVIC_ISER 0xE000E100u
#define NVIC_ISPR 0xE000E200u
#define SCB_ICSR  0xE000ED04u
#define SCB_CPACR 0xE000ED88u
#define PENDSVSET 0x10000000u
#define PRIORITY  0x40u // of BASEPRI: one that every number of priority bits can tell from 0

enum { THREAD, PROCESS_STACK, MISALIGNED, PRIMASK, PENDING, BASEPRI, FAULTMASK, FPU, STACK_LIMITS };
enum { NO_HANDLER, HANDLER, RETURNED };
enum { LIBRARY, BARE_JUMP, STACK_KEPT };

extern uint32_t stack_top[], process_stack_top[]; // from the linker
extern char state[], via[], way[];

void reset_handler(void);
void svc_handler(void);
_Noreturn void go_on(void);
_Noreturn void fault(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler, [2] = fault, [10] = svc_handler}};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

// Compilers take an address of 0, and an odd one of a word, for impossible.
static uint32_t number(const char *symbol)
{
    uint32_t value = (uint32_t)(uintptr_t)symbol;

    __asm__("" : "+r"(value));
    return value;
}

// The ROM as people start it who undo nothing beforehand: the state arrives there as it is.
static _Noreturn void bare_jump(void)
{
    __asm__ volatile(".syntax unified\n"
                     "ldmia %0!, {r0, r1}\n"
                     "msr msp, r0\n"
                     "bx r1\n"
                     :
                     : "l"(BOOTLEAP_ROM)
                     : "r0", "r1", "memory");
    __builtin_unreachable();
}

// The same with the stack that the application has: it tells what an exception put there.
static _Noreturn void jump_on_this_stack(void)
{
    __asm__ volatile("bx %0" : : "l"(*reg(BOOTLEAP_ROM + 4)) : "memory");
    __builtin_unreachable();
}

// Comes back from the library only if it is refused, which is wrong here.
static _Noreturn void enter(void)
{
    if (number(way) == BARE_JUMP) {
        bare_jump();
    } else if (number(way) == STACK_KEPT) {
        jump_on_this_stack();
    }
    bootleap_enter();
    fault();
}

void svc_handler(void)
{
    if (number(via) == HANDLER) {
        enter();
    }
}

_Noreturn void go_on(void)
{
    if (number(via) != NO_HANDLER) {
        __asm__ volatile("svc 0" : : : "memory");
    }
    enter();
}

static void pend(void)
{
    *reg(SYST_RVR) = 0xFFFFFFu;
    *reg(SYST_CSR) = 5; // without its interrupt
    __asm__ volatile("cpsid i");
    *reg(NVIC_ISER) = 1;
    *reg(NVIC_ISPR) = 1;
    *reg(SCB_ICSR) = PENDSVSET;
}

#if __ARM_ARCH >= 7
static void go_to_mainline_state(uint32_t wanted)
{
    if (wanted == BASEPRI) {
        __asm__ volatile("msr basepri, %0" : : "r"(PRIORITY));
    } else if (wanted == FAULTMASK) {
        __asm__ volatile("cpsid f");
    } else if (wanted == FPU) {
        *reg(SCB_CPACR) |= 0xF00000u;
        __asm__ volatile("dsb\nisb\n.inst.w 0xEE000A10"); // vmov s0, r0: CONTROL.FPCA becomes 1
    }
#if BOOTLEAP_STACK_LIMITS
    if (wanted == STACK_LIMITS) {
        __asm__ volatile("msr msplim, %0\nmsr psplim, %0"
                         :
                         : "r"((uintptr_t)process_stack_top - 256));
    }
#endif
}
#else
static void go_to_mainline_state(uint32_t wanted)
{
    (void)wanted;
}
#endif

// Goes on from there where the stack is another one: the caller's frame is on the old one.
static void go_to_state(uint32_t wanted)
{
    if (wanted == PROCESS_STACK) {
        __asm__ volatile("msr psp, %0\nmsr control, %1\nisb\nbl go_on"
                         :
                         : "l"(process_stack_top), "l"(2)
                         : "memory");
    } else if (wanted == MISALIGNED) {
        __asm__ volatile("mov sp, %0\nbl go_on" : : "l"((uintptr_t)stack_top - 0x104) : "memory");
    } else if (wanted == PRIMASK) {
        __asm__ volatile("cpsid i");
    } else if (wanted == PENDING) {
        pend();
    }
    go_to_mainline_state(wanted);
}

void reset_handler(void)
{
    bootleap_on_reset();
    go_to_state(number(state));
    go_on();
}
