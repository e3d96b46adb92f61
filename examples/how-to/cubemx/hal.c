// hal.c: a tick and a PLL, as a HAL leaves them running behind the application.
// SPDX-License-Identifier: MIT
#include "hal.h"

#define SYST_CSR 0xE000E010u
#define SYST_RVR 0xE000E014u
#define SYST_CVR 0xE000E018u
// RM0090 Rev 21, section 7.3.
#define RCC_CR      0x40023800u
#define RCC_PLLCFGR 0x40023804u
#define RCC_CFGR    0x40023808u
#define PLLON       0x01000000u
#define PLLRDY      0x02000000u
#define SW_PLL      2u
// Section 3.9.1: FLASH_ACR, one wait state for 42 MHz at 3.3 V.
#define FLASH_ACR 0x40023C00u

enum { CORE_MHZ = 42 };

static volatile uint32_t ticks;

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static void start_tick(uint32_t megahertz)
{
    *reg(SYST_RVR) = megahertz * 1000 - 1;
    *reg(SYST_CVR) = 0;
    *reg(SYST_CSR) = 7; // the core's clock, with its interrupt
}

void HAL_Init(void)
{
    start_tick(16);
}

void HAL_IncTick(void)
{
    ticks++;
}

uint32_t HAL_GetTick(void)
{
    return ticks;
}

void HAL_Delay(uint32_t milliseconds)
{
    uint32_t start = ticks;

    while (ticks - start < milliseconds) {
    }
}

// 16 MHz / 16 * 336 / 8 = 42 MHz, which both buses may have.
void HAL_RCC_StartPll(void)
{
    *reg(FLASH_ACR) = 1;
    *reg(RCC_PLLCFGR) = 7u << 24 | 3u << 16 | 336u << 6 | 16u;
    *reg(RCC_CR) |= PLLON;
    while (!(*reg(RCC_CR) & PLLRDY)) {
    }
    *reg(RCC_CFGR) = (*reg(RCC_CFGR) & ~3u) | SW_PLL;
    while ((*reg(RCC_CFGR) >> 2 & 3u) != SW_PLL) {
    }
    start_tick(CORE_MHZ);
}
