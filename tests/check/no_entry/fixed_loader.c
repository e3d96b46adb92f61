// fixed_loader.c: starts the application behind it, in C, with the stack set first.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    mask_interrupts();
    *reg(SCB_VTOR) = CHIP_FLASH + 0x4000;
    unmask_interrupts();
    jump_in_c(CHIP_FLASH + 0x4000);
}
