// scheduler.c: two tasks that take turns, as in an RTOS, with MSP, PSP and CONTROL set.
// SPDX-License-Identifier: MIT
#define ON_TICK on_interrupt

#include "start.h"

enum { TASKS = 2, STACK_WORDS = 64, FRAME_WORDS = 16, ROOM = STACK_WORDS - FRAME_WORDS };

__attribute__((section(".noinit"))) static uint32_t stacks[TASKS][STACK_WORDS];
static uint32_t *volatile saved[TASKS];
static volatile uint32_t current, rounds[TASKS];

uint32_t *switch_task(uint32_t *pointer);

// The registers R4 to R11 are below what the core has pushed.
__attribute__((used)) uint32_t *switch_task(uint32_t *pointer)
{
    saved[current] = pointer;
    current = (current + 1) % TASKS;
    return saved[current];
}

__attribute__((naked)) void on_interrupt(void)
{
    __asm__ volatile(".syntax unified\n"
                     "mrs r0, psp\n"
                     "subs r0, #32\n"
                     "stmia r0!, {r4-r7}\n"
                     "mov r4, r8\nmov r5, r9\nmov r6, r10\nmov r7, r11\n"
                     "stmia r0!, {r4-r7}\n"
                     "subs r0, #32\n"
                     "push {r3, lr}\n"
                     "bl switch_task\n"
                     "adds r0, #16\n"
                     "ldmia r0!, {r4-r7}\n"
                     "mov r8, r4\nmov r9, r5\nmov r10, r6\nmov r11, r7\n"
                     "msr psp, r0\n"
                     "subs r0, #32\n"
                     "ldmia r0!, {r4-r7}\n"
                     "pop {r3, pc}\n");
}

static void run(void)
{
    for (;;) {
        rounds[current]++;
    }
}

static void prepare(uint32_t task)
{
    uint32_t *frame = stacks[task] + ROOM;

    frame[14] = (uint32_t)run;
    frame[15] = 0x01000000;
    saved[task] = frame;
}

void application(void)
{
    for (uint32_t task = 0; task < TASKS; task++) {
        prepare(task);
    }
    // The main stack anew, from the table in force: only handlers are on it from here on.
    __asm__ volatile("msr psp, %0\nmsr msp, %1\nmsr control, %2\nisb"
                     :
                     : "r"(stacks[0] + ROOM + 8), "r"(*reg(*reg(SCB_VTOR))), "r"(2)
                     : "memory");
    start_tick();
    run();
}
