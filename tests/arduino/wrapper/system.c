// system.c: SystemInit() and the clock, in the shape of STM32duino's: registers as rows of board.h.
// SPDX-License-Identifier: MIT
//
// STM32duino b4bae0d: SystemInit() writes RCC's registers to what a reset leaves, and VTOR; that of
// an H7 comes after ExitRun0Mode(). init() then starts HAL, SysTick, caches and a PLL.
#include "steps.h"

enum {
    SCB_VTOR = 0xE000ED08,
    SCB_AIRCR = 0xE000ED0C,
    SCB_CPACR = 0xE000ED88,
    SCB_CCR = 0xE000ED14
};
enum { SCB_ICIALLU = 0xE000EF50, SCB_DCISW = 0xE000EF60, CCR_CACHES = 0x30000 };
enum { SYST_CSR = 0xE000E010, SYST_RVR = 0xE000E014, SYST_CVR = 0xE000E018 };
enum { FLASH_START = 0x08000000, FOUR_BITS_OF_PRIORITY = 0x05FA0300 };

void ExitRun0Mode(void);
void SystemInit(void);
void init(void);
void SysTick_Handler(void);
unsigned long millis(void);

#ifdef BOARD_EXIT_RUN0_MODE
static const struct step supply[] = {BOARD_EXIT_RUN0_MODE};
#else
static const struct step supply[1];
#endif
static const struct step system_init[] = {BOARD_SYSTEM_INIT};
static const struct step clock[] = {BOARD_CLOCK};
static volatile unsigned long ticks;

void ExitRun0Mode(void)
{
    take_steps(supply, sizeof supply / sizeof supply[0]);
}

void SystemInit(void)
{
    if (BOARD_FPU) {
        *reg(SCB_CPACR) |= 0xF00000;
    }
    take_steps(system_init, sizeof system_init / sizeof system_init[0]);
    *reg(SCB_VTOR) = FLASH_START | VECT_TAB_OFFSET;
}

// Invalidates all lines of a data cache with 4 ways of 128 lines (Cortex-M7, 16 KB), then both run.
static void start_caches(void)
{
    *reg(SCB_ICIALLU) = 0;
    for (uint32_t line = 0; line < 4 * 128; line++) {
        *reg(SCB_DCISW) = (line & 3) << 30 | line >> 2 << 5;
    }
    __asm__ volatile("dsb");
    *reg(SCB_CCR) |= CCR_CACHES;
    __asm__ volatile("dsb\n"
                     "isb");
}

void SysTick_Handler(void)
{
    ticks++;
}

unsigned long millis(void)
{
    return ticks;
}

void init(void)
{
    *reg(SCB_AIRCR) = FOUR_BITS_OF_PRIORITY;
    if (BOARD_CACHES) {
        start_caches();
    }
    take_steps(clock, sizeof clock / sizeof clock[0]);
    *reg(SYST_RVR) = BOARD_HZ / 1000 - 1;
    *reg(SYST_CVR) = 0;
    *reg(SYST_CSR) = 7;
}
