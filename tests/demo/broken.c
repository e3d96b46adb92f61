// broken.c: stands before the library in the demo's application, with the one fault BROKEN in it.
// SPDX-License-Identifier: MIT
//
// The library itself is compiled under the names real_on_reset and real_enter.
#include "bootleap.h"

#include <stdint.h>

#define NOTHING 0
#define REFUSES 1 // to enter the ROM
#define DIRTY   2 // hands over with SysTick running
#define BLIND   3 // does not see that a ROM started it
#define NOISY   4 // writes to RAM when nothing is pending

enum bootleap_origin real_on_reset(void);
int real_enter(void);

#if BROKEN == DIRTY
enum bootleap_origin bootleap_on_reset(void)
{
    *(volatile uint32_t *)0xE000E014u = 0xFFFFFF; // SYST_RVR
    *(volatile uint32_t *)0xE000E010u = 5;        // SYST_CSR: enabled, no interrupt
    return real_on_reset();
}
#elif BROKEN == BLIND
enum bootleap_origin bootleap_on_reset(void)
{
    return BOOTLEAP_FROM_RESET;
}
#elif BROKEN == NOISY
static volatile uint32_t noise;

enum bootleap_origin bootleap_on_reset(void)
{
    noise = 1;
    return real_on_reset();
}
#else
enum bootleap_origin bootleap_on_reset(void)
{
    return real_on_reset();
}
#endif

#if BROKEN == REFUSES
int bootleap_enter(void)
{
    return BOOTLEAP_UNPRIVILEGED;
}
#else
int bootleap_enter(void)
{
    return real_enter();
}
#endif
