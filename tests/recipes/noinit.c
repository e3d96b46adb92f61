// noinit.c: a word in RAM that start-up leaves alone, a reset, and a plain jump.
// SPDX-License-Identifier: MIT
//
// The way of user m4l490n in the thread of ST's article: no remap, no VTOR, nothing undone,
// because the reset has undone it. He reports it for a WB5MM with FreeRTOS, others in the same
// thread for a G071 and a G0B1 (over CAN). A jump as early as possible is also what worked on a
// U5A5, and Meshtastic's on a WLE5.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t boot_reason;

void application(void)
{
    if (boot_reason == REQUEST) {
        boot_reason = 0;
        jump_in_c(CHIP_ROM);
    }
    start_application();
    boot_reason = REQUEST;
    reset_chip();
}
