// reset_handler.c: a libopencm3 project's reset handler, bootleap first (docs/libopencm3.md).
// SPDX-License-Identifier: MIT
#include <libopencm3/cm3/scb.h>
#include <libopencm3/cm3/vector.h>
#include <stdint.h>

#include "bootleap.h"

int main(void);

typedef void (*function)(void);
extern function __preinit_array_start, __preinit_array_end; // from the linker script
extern function __init_array_start, __init_array_end;

// Holds an enum bootleap_origin, in four bytes. The linker script does not clear .noinit.
uint32_t boot_origin __attribute__((section(".noinit")));

static void call_all(function *call, const function *end)
{
    while (call < end) {
        (*call++)();
    }
}

// Strong: it takes the place of libopencm3's, and does the same after the first line.
void reset_handler(void)
{
    boot_origin = (uint32_t)bootleap_on_reset();

    volatile unsigned *to = &_data;
    for (volatile unsigned *from = &_data_loadaddr; to < &_edata; from++) {
        *to++ = *from;
    }
    while (to < &_ebss) {
        *to++ = 0;
    }
    // After a reset this is 0 on the Cortex-M3 of an F1.
    SCB_CCR |= SCB_CCR_STKALIGN;
#ifdef __ARM_FP // compiled for a floating point unit
    SCB_CPACR |= SCB_CPACR_FULL * (SCB_CPACR_CP10 | SCB_CPACR_CP11);
#endif
    call_all(&__preinit_array_start, &__preinit_array_end);
    call_all(&__init_array_start, &__init_array_end);
    main();
    for (;;) {
    }
}
