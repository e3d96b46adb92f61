// delay.c: waits for 500 ms as vendors' code does, for tests of the virtual chip's time.
// SPDX-License-Identifier: MIT
//
// CLOCK says from where the core runs, TICK what counts the milliseconds. Each set of registers is
// that of one board. The library that this imitates computes its settings from constants, as this
// does; no clock is measured.
#include <stdint.h>

enum { RESET_CLOCK = 0, FAST_CLOCK = 1, SLOW_CLOCK = 2, LEFT_CRYSTAL = 3 };
enum { SYSTICK = 0, SYSTICK_SLOW = 1, TIMER = 2, OTHER_TIMER = 3 };
enum { MILLISECONDS = 500 };

#define REG(address) (*(volatile uint32_t *)(address))
#define SYST_CSR     REG(0xE000E010u)
#define SYST_RVR     REG(0xE000E014u)
#define SYST_CVR     REG(0xE000E018u)
#define NVIC_ISER(n) REG(0xE000E100u + 4u * (n))

// A timer: its base, its clock enable, its line, and the clock that it counts.
#define TIM(offset) REG(TIMER_BASE + (offset))
#define CR1         TIM(0x00)
#define DIER        TIM(0x0C)
#define SR          TIM(0x10)
#define EGR         TIM(0x14)
#define CNT         TIM(0x24)
#define PSC         TIM(0x28)
#define ARR         TIM(0x2C)

enum { CEN = 1, URS = 4, UIE = 1, UIF = 1, UG = 1 };

#ifdef STM32F407xx
#define RCC_CR      REG(0x40023800u)
#define RCC_PLLCFGR REG(0x40023804u)
#define RCC_CFGR    REG(0x40023808u)
// TIM2 of the first APB, TIM10 of the second, which shares its line with TIM1.
#define TIMER_BASE   (TICK == TIMER ? 0x40000000u : 0x40014400u)
#define TIMER_ENABLE REG(TICK == TIMER ? 0x40023840u : 0x40023844u)
#define TIMER_BIT    (TICK == TIMER ? 1u : 1u << 17)
enum { TIMER_LINE = TICK == TIMER ? 28 : 25 };
#elif defined(STM32H723xx)
#define RCC_CR        REG(0x58024400u)
#define RCC_CFGR      REG(0x58024410u)
#define RCC_D1CFGR    REG(0x58024418u)
#define RCC_D2CFGR    REG(0x5802441Cu)
#define RCC_PLLCKSELR REG(0x58024428u)
#define RCC_PLL1DIVR  REG(0x58024430u)
#define TIMER_BASE    0x40001000u // TIM6
#define TIMER_ENABLE  REG(0x580244E8u)
#define TIMER_BIT     (1u << 4)
enum { TIMER_LINE = 54 };
#elif defined(STM32G0B1xx)
#define RCC_CR       REG(0x40021000u)
#define RCC_CFGR     REG(0x40021008u)
#define RCC_PLLCFGR  REG(0x4002100Cu)
#define TIMER_BASE   0x40000800u // TIM4, which shares its line with TIM3
#define TIMER_ENABLE REG(0x4002103Cu)
#define TIMER_BIT    (1u << 2)
enum { TIMER_LINE = 16 };
#else // STM32U575xx
#define RCC_ICSCR1   REG(0x46020C08u)
#define TIMER_BASE   0x40013400u // TIM8
#define TIMER_ENABLE REG(0x46020CA4u)
#define TIMER_BIT    (1u << 13)
enum { TIMER_LINE = 52 };
#endif

volatile uint32_t ticks;
uint32_t SystemCoreClock; // by the name that CMSIS gives it

void reset_handler(void);
void done(void);
void on_interrupt(void);

// One handler for all: what it does is right for either tick.
__asm__(".section .vectors, \"a\"\n"
        ".word stack_top, reset_handler\n"
        ".rept 180\n"
        ".word on_interrupt\n"
        ".endr\n"
        ".text\n");

void on_interrupt(void)
{
    if (TICK >= TIMER) {
        SR = ~(uint32_t)UIF;
    }
    ticks++;
}

#ifndef STM32U575xx
static void wait_for(volatile uint32_t *address, uint32_t mask, uint32_t value)
{
    while ((*address & mask) != value) {
    }
}
#endif

// What the core runs at, and what the timer counts.
struct speed {
    uint32_t core_hz, timer_hz;
};

#ifdef STM32F407xx
static struct speed set_clock(void)
{
    if (CLOCK == FAST_CLOCK ||
        CLOCK == LEFT_CRYSTAL) { // a crystal of 8 MHz / 8 * 336 / 2; APB1 a quarter, APB2 a half
        RCC_CR |= 1u << 16;
        wait_for(&RCC_CR, 1u << 17, 1u << 17);
        RCC_PLLCFGR = 8u | 336u << 6 | 0u << 16 | 1u << 22 | 7u << 24;
        RCC_CFGR = 5u << 10 | 4u << 13;
    } else if (CLOCK == SLOW_CLOCK) { // 16 MHz / 16 * 192 / 4, of which the AHB has a half
        RCC_PLLCFGR = 16u | 192u << 6 | 1u << 16 | 7u << 24;
        RCC_CFGR = 8u << 4;
    }
    if (CLOCK != RESET_CLOCK) {
        RCC_CR |= 1u << 24;
        wait_for(&RCC_CR, 1u << 25, 1u << 25);
        RCC_CFGR |= 2;
        wait_for(&RCC_CFGR, 3u << 2, 2u << 2);
    }
    if (CLOCK == FAST_CLOCK || CLOCK == LEFT_CRYSTAL) {
        return (struct speed){168000000, TICK == TIMER ? 84000000 : 168000000};
    }
    return CLOCK == SLOW_CLOCK ? (struct speed){24000000, 24000000}
                               : (struct speed){16000000, 16000000};
}
#elif defined(STM32H723xx)
// HSI of 64 MHz / 4 * 50 / 2 for the core; buses have a half, timers of APB1 the same.
static struct speed set_clock(void)
{
    if (CLOCK == RESET_CLOCK) {
        return (struct speed){64000000, 64000000};
    }
    RCC_PLLCKSELR = 4u << 4;
    RCC_PLL1DIVR = 49u | 1u << 9;
    RCC_D1CFGR = 8u;
    RCC_D2CFGR = 4u << 4 | 4u << 8;
    RCC_CR |= 1u << 24;
    wait_for(&RCC_CR, 1u << 25, 1u << 25);
    RCC_CFGR |= 3;
    wait_for(&RCC_CFGR, 7u << 3, 3u << 3);
    return (struct speed){400000000, 200000000};
}
#elif defined(STM32G0B1xx)
// HSI of 16 MHz / 1 * 8 / 2; APB a quarter, timers twice that.
static struct speed set_clock(void)
{
    if (CLOCK == RESET_CLOCK) {
        return (struct speed){16000000, 16000000};
    }
    RCC_PLLCFGR = 2u | 8u << 8 | 1u << 28 | 1u << 29;
    RCC_CR |= 1u << 24;
    wait_for(&RCC_CR, 1u << 25, 1u << 25);
    RCC_CFGR = 2u | 5u << 12;
    wait_for(&RCC_CFGR, 7u << 3, 2u << 3);
    return (struct speed){64000000, 32000000};
}
#else
// MSIS of 4 MHz after a reset, or of 48 MHz.
static struct speed set_clock(void)
{
    if (CLOCK == RESET_CLOCK) {
        return (struct speed){4000000, 4000000};
    }
    RCC_ICSCR1 = (RCC_ICSCR1 & 0x0FFFFFFFu) | 1u << 23;
    return (struct speed){48000000, 48000000};
}
#endif

static void start_ticks(struct speed speed)
{
    if (TICK == SYSTICK || TICK == SYSTICK_SLOW) {
        uint32_t hz = TICK == SYSTICK ? speed.core_hz : speed.core_hz / 8;
        SYST_RVR = hz / 1000 - 1;
        SYST_CVR = 0;
        SYST_CSR = TICK == SYSTICK ? 7 : 3;
        return;
    }
    TIMER_ENABLE |= TIMER_BIT;
    ARR = 999;
    PSC = speed.timer_hz / 1000000 - 1;
    CR1 |= URS;
    EGR = UG;
    CR1 &= ~(uint32_t)URS;
    NVIC_ISER(TIMER_LINE / 32) = 1u << TIMER_LINE % 32;
    DIER |= UIE;
    CR1 |= CEN;
}

__attribute__((noinline)) void done(void)
{
    for (;;) {
        __asm__ volatile("");
    }
}

// The core runs from the crystal itself, and then from its own oscillator, as HAL_RCC_DeInit()
// does.
static void leave_crystal(void)
{
#ifdef STM32F407xx
    RCC_CFGR = 1;
    wait_for(&RCC_CFGR, 3u << 2, 1u << 2);
    SystemCoreClock = 8000000;
    RCC_CFGR = 0;
    wait_for(&RCC_CFGR, 3u << 2, 0);
    SystemCoreClock = 16000000;
#endif
}

void reset_handler(void)
{
    struct speed speed = set_clock();

    ticks = 0;
    SystemCoreClock = speed.core_hz;
    if (CLOCK == LEFT_CRYSTAL) {
        leave_crystal();
        done();
    }
    start_ticks(speed);
    while (ticks < MILLISECONDS) {
        __asm__ volatile("wfi");
    }
    done();
}
