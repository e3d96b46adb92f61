// reset_handler.c: the reset handler of a ChibiOS project, with bootleap first (docs/chibios.md).
// SPDX-License-Identifier: MIT
#include <stdint.h>

#include "bootleap.h"

void Reset_Handler(void);
void _crt0_entry(void);

// An enum bootleap_origin. crt0 does not clear .ram0.
uint32_t boot_origin __attribute__((section(".ram0")));

// Strong: it takes the place of the one in vectors.S, which only jumps to crt0.
void Reset_Handler(void)
{
    boot_origin = (uint32_t)bootleap_on_reset();
    _crt0_entry();
}
