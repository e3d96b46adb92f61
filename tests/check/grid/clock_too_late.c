// clock_too_late.c: the remap's clock comes after the remap, which is lost.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    remap();
    clock_remap();
    *reg(SCB_VTOR) = CHIP_ROM;
    jump_in_assembly(CHIP_ROM);
}
