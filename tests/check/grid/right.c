// right.c: a jump at which every point holds, with everything put right in view.
// SPDX-License-Identifier: MIT
//
// What was on before is off: SysTick with its interrupt, a line of NVIC, PRIMASK.
#include "start.h"

void application(void)
{
    mask_interrupts();
    start_tick();
    *reg(NVIC_ISER) = 1;
    quiet_interrupts();
    select_rom_vectors();
    __asm__ volatile("msr control, %0\nisb" : : "r"(0) : "memory");
    clear_masks();
    jump_in_assembly(CHIP_ROM);
}
