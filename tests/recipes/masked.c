// masked.c: the jump with PRIMASK set: interrupts off "to be safe".
// SPDX-License-Identifier: MIT
//
// Betaflight on G4 enters so and it is said to work (betaflight/betaflight#12675, src/platform/
// STM32/system_stm32g4xx.c 301d01a), though SYSCFG has no clock there: UNCLOCKED. On an F405 the
// ROM was entered but nothing could be loaded (stackoverflow.com 72945854), on an F767 the USB
// device had no descriptor (ST community 25639), on three F103 the ROM's USART gave no answer
// (11166, 13656, 261904). AN2606 Rev 70 Section 4.1 says that some ROMs need interrupts on.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

void application(void)
{
    if (magic == REQUEST) {
        magic = 0;
#if HAL_CLOCKS
        reset_clocks_as_hal();
        stop_tick();
#endif
        mask_interrupts();
#if !UNCLOCKED
        clock_remap();
#endif
        remap();
#if OWN_VECTORS
        *reg(SCB_VTOR) = CHIP_ROM;
#endif
        jump_in_c(CHIP_ROM);
    }
    start_application();
    magic = REQUEST;
    reset_chip();
}
