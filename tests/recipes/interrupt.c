// interrupt.c: jumps from the handler of an interrupt.
// SPDX-License-Identifier: MIT
//
// ST's own example does so, from a button's interrupt of priority 2 and with nothing undone
// (trentgill/STM32_Cube_F7 2147c24 STM32F769I_EVAL/Examples/FLASH/FLASH_JumpBootloader).
// quartiq/stabilizer#820 could not enter from a USB interrupt of an H743 and went through a reset
// instead; its priority is not said, a reset's is taken. SVCall stands for the interrupt here.
#include "recipe.h"

void on_service_call(void)
{
    jump_in_c(CHIP_ROM);
}

void application(void)
{
#if LIVE
    start_application();
#endif
#if PRIORITY
    *reg(SCB_SHPR2) = PRIORITY << 28; // 4 bits of it are there
#endif
    __asm__ volatile("svc 0");
}
