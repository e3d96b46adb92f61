// unclocked.c: the remap is written without its clock, and VTOR is left to the application.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    *reg(SCB_VTOR) = CHIP_FLASH;
    remap();
    jump_in_assembly(CHIP_ROM);
}
