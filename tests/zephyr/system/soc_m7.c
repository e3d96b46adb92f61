// soc_m7.c: a SoC that has the reset hook itself, as Zephyr's STM32H7 does: it writes all of DTCM.
// SPDX-License-Identifier: MIT
#include <stdint.h>

#define DTCM_START 0x20000000u
#define DTCM_END   0x20000400u // of 128 KB, which only would take longer

void soc_reset_hook(void);

void soc_reset_hook(void)
{
    for (uint32_t at = DTCM_START; at < DTCM_END; at += 4) {
        *(volatile uint32_t *)at = 0;
    }
}
