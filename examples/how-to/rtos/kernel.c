// kernel.c: starts two tasks by SVC, switches between them in PendSV, answers their calls.
// SPDX-License-Identifier: MIT
#include "kernel.h"

#include "bootleap.h"

#define SCB_ICSR   0xE000ED04u
#define SCB_SHPR3  0xE000ED20u
#define SYST_CSR   0xE000E010u
#define SYST_RVR   0xE000E014u
#define PENDSVSET  0x10000000u
#define LOWEST     0xFFFF0000u // priority of PendSV and SysTick
#define CRITICAL   0x80u       // what may be held off has this priority or a lower one
#define XPSR_THUMB 0x01000000u

enum { STACK_WORDS = 256, FRAME_WORDS = 8, SAVED_WORDS = 8, CALL_START = 0, CALL_ENTER_ROM = 1 };

struct task {
    uint32_t *stack; // r4 to r11 and the frame of an exception lie there
    uint32_t control;
    uint32_t words[STACK_WORDS] __attribute__((aligned(8)));
};

void SVC_Handler(void);
void PendSV_Handler(void);
void SysTick_Handler(void);
uint32_t *kernel_switch(uint32_t *stack);
void kernel_call(uint32_t *frame);

static struct task tasks[2];
static unsigned running;

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static void prepare(struct task *task, void (*entry)(void), uint32_t control)
{
    uint32_t *frame = task->words + STACK_WORDS - FRAME_WORDS;

    frame[6] = (uint32_t)entry & ~1u;
    frame[7] = XPSR_THUMB;
    task->stack = frame - SAVED_WORDS;
    task->control = control;
}

void SysTick_Handler(void)
{
    *reg(SCB_ICSR) = PENDSVSET;
}

// Keeps the stack of the task that ran and returns that of the other one.
uint32_t *kernel_switch(uint32_t *stack)
{
    tasks[running].stack = stack;
    running ^= 1u;
    __asm__ volatile("msr control, %0" : : "r"(tasks[running].control) : "memory");
    return tasks[running].stack;
}

__attribute__((naked)) void PendSV_Handler(void)
{
    __asm__ volatile("mrs r0, psp\n"
                     "stmdb r0!, {r4-r11}\n"
                     "push {r3, lr}\n"
                     "bl kernel_switch\n"
                     "pop {r3, lr}\n"
                     "ldmia r0!, {r4-r11}\n"
                     "msr psp, r0\n"
                     "bx lr\n");
}

// The call of an unprivileged task. A handler is privileged, so what it calls may reset the chip.
void kernel_call(uint32_t *frame)
{
    const uint8_t *after = (const uint8_t *)frame[6];

    if (after[-2] == CALL_ENTER_ROM) {
        frame[0] = (uint32_t)bootleap_enter();
    }
}

// The first call comes from the main stack and starts the first task.
__attribute__((naked)) void SVC_Handler(void)
{
    __asm__ volatile("tst lr, #4\n"
                     "beq 1f\n"
                     "mrs r0, psp\n"
                     "b kernel_call\n"
                     "1: ldr r0, =tasks\n"
                     "ldr r0, [r0]\n"
                     "ldmia r0!, {r4-r11}\n"
                     "msr psp, r0\n"
                     "orr lr, lr, #4\n"
                     "bx lr\n"
                     ".ltorg\n");
}

void kernel_start(void (*first)(void), void (*second)(void))
{
    prepare(&tasks[0], first, 0);
    prepare(&tasks[1], second, 1);
    *reg(SCB_SHPR3) = LOWEST;
    *reg(SYST_RVR) = 999;
    *reg(SYST_CSR) = 7;
    __asm__ volatile("svc %0" : : "i"(CALL_START) : "memory");
    for (;;) {
    }
}

void kernel_enter_critical(void)
{
    __asm__ volatile("msr basepri, %0\nisb" : : "r"(CRITICAL) : "memory");
}

void kernel_exit_critical(void)
{
    __asm__ volatile("msr basepri, %0" : : "r"(0) : "memory");
}

int kernel_enter_rom(void)
{
    register int result __asm__("r0");

    __asm__ volatile("svc %1" : "=r"(result) : "i"(CALL_ENTER_ROM) : "memory");
    return result;
}
