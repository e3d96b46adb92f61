// remap_noinit.c: a word in RAM, a reset, the remap with SYSCFG's clock on, and the jump.
// SPDX-License-Identifier: MIT
//
// As RIOT and MicroPython do where the series has MEM_MODE (cpu/stm32/bootloader/reset.c c8bd52f,
// ports/stm32/powerctrl.c 1c3c201). SysTick, NVIC and clocks are as the reset left them.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

void application(void)
{
    if (magic == REQUEST) {
        magic = 0;
        clock_remap();
        remap();
        jump_in_assembly(CHIP_ROM);
    }
    start_application();
    magic = REQUEST;
    reset_chip();
}
