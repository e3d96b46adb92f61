// other_rom.c: the table of another chip's ROM. OTHER_ROM is which.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    select_rom_vectors();
    jump_in_assembly(OTHER_ROM);
}
