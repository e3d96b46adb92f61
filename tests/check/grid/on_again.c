// on_again.c: SysTick and NVIC are put right, and a later call switches both on again.
// SPDX-License-Identifier: MIT
//
// As a HAL does that sets its clocks back: the call that starts the tick is two levels down.
#include "start.h"

SEPARATE void configure_tick(uint32_t reload)
{
    *reg(SYST_RVR) = reload;
    *reg(SYST_CVR) = 0;
    *reg(SYST_CSR) = 5;
}

SEPARATE void start_time_base(void)
{
    configure_tick(0xFFFFFF);
    *reg(NVIC_ISER) = 2;
}

SEPARATE void reset_clocks(void)
{
    start_time_base();
    *reg(CHIP_LED_CLOCK) &= ~CHIP_LED_CLOCK_MASK;
}

void application(void)
{
    mask_interrupts();
    quiet_interrupts();
    reset_clocks();
    select_rom_vectors();
    unmask_interrupts();
    jump_in_assembly(CHIP_ROM);
}
