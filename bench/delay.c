// delay.c: waits as vendors' libraries do: SysTick counts up, a loop asks a function and compares.
// SPDX-License-Identifier: MIT
//
// MILLISECONDS are waited first, which --until waited ends. Then a loop waits for ever and counts
// its turns in R6, where a bench finds them on any engine.
#include <stdint.h>

enum { HZ = 480000000, MILLISECONDS = 500 };

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)

void reset_handler(void);
void systick_handler(void);
void wait(uint32_t milliseconds);
void waited(void);
void count_turns(void);
uint32_t get_tick(void);

static volatile uint32_t tick;

void systick_handler(void)
{
    tick++;
}

__attribute__((noinline)) uint32_t get_tick(void)
{
    return tick;
}

__attribute__((noinline)) void wait(uint32_t milliseconds)
{
    uint32_t start = get_tick();

    while (get_tick() - start < milliseconds) {
    }
}

__attribute__((noinline)) void waited(void)
{
    __asm volatile("");
}

__attribute__((noinline)) void count_turns(void)
{
    register uint32_t turns __asm("r6") = 0;
    uint32_t start = get_tick();

    while (get_tick() - start < UINT32_MAX) {
        turns++;
        __asm volatile("" : "+r"(turns));
    }
}

void reset_handler(void)
{
    tick = 0;
    SYST_RVR = HZ / 1000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7; // the core's clock, interrupt, on
    wait(MILLISECONDS);
    waited();
    for (;;) {
        count_turns();
    }
}

extern uint32_t stack_top;

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    void (*handlers[15])(void);
} vectors = {&stack_top, {[0] = reset_handler, [14] = systick_handler}};
