// left_on.c: SysTick and a line of NVIC are left on.
// SPDX-License-Identifier: MIT
//
// PRIMASK keeps their handlers away until the jump, and is cleared at it.
#include "start.h"

void application(void)
{
    mask_interrupts();
    *reg(SYST_RVR) = 0xFFFFFF;
    *reg(SYST_CVR) = 0;
    *reg(SYST_CSR) = 5;
    *reg(NVIC_ISER) = 2;
    select_rom_vectors();
    unmask_interrupts();
    jump_in_assembly(CHIP_ROM);
}
