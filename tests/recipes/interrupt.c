// interrupt.c: jumps from the handler of an interrupt.
// SPDX-License-Identifier: MIT
//
// ST's own example does so, from a button's interrupt and with nothing undone
// (STM32Cube_FW_F7 Examples/FLASH/FLASH_JumpBootloader). quartiq/stabilizer#820 could not enter
// from a USB interrupt of an H743 and went through a reset instead.
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
    __asm__ volatile("svc 0");
}
