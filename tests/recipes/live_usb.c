// live_usb.c: jumps by the steps of ST's article while USB, the cache and SysTick are live.
// SPDX-License-Identifier: MIT
//
// The thread of ST's article: a U575 that "just goes on to restart the application right away";
// nobody answered. A U5A5 faults in the ROM after ThreadX has started, and not before (ST
// community 137715 and 155315). Registers: zephyrproject-rtos/hal_stm32 fe7d2e2
// stm32cube/stm32u5xx/soc/stm32u575xx.h.
#include "recipe.h"

#define OTG_CLOCK 0x46020C8Cu // RCC_AHB2ENR1, bit OTGEN
#define OTG_ON    0x00004000u
#define OTG       0x42040000u
#define GINTMSK   (OTG + 0x18)
#define DCTL      (OTG + 0x804)
#define ICACHE_CR 0x40030400u
#define OTG_LINE  73

static void start_usb(void)
{
    *reg(OTG_CLOCK) |= OTG_ON;
    *reg(GINTMSK) = 0x1000; // a reset of the bus
    *reg(DCTL) &= ~2u;      // the pull-up is on
    *reg(NVIC_ISER + OTG_LINE / 32 * 4) = 1u << OTG_LINE % 32;
    *reg(ICACHE_CR) |= 1u;
}

void application(void)
{
    start_application();
    start_usb();
    mask_interrupts();
    stop_tick();
    reset_clocks_as_hal();
    for (uint32_t i = 0; i < 5; i++) {
        *reg(NVIC_ICER + 4 * i) = 0xFFFFFFFFu;
        *reg(NVIC_ICPR + 4 * i) = 0xFFFFFFFFu;
    }
    unmask_interrupts();
    jump_in_c(CHIP_ROM);
}
