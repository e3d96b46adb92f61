// bootleap_return.c: a second vector table: a host's Go to it resets the chip to the application.
// SPDX-License-Identifier: MIT
//
// bootleap_return.h says how it is placed and used. The handler's stack may be the ROM's, so that
// it also works for a host that jumps to the code instead of the table.

// An Arduino build compiles every file of this folder, and its linker script has no place for it.
#ifndef ARDUINO

#include "bootleap_return.h"
#include "bootleap_compiler.h"
#include "bootleap_devices.h"

#include <stdint.h>

#ifndef BOOTLEAP_STACK_TOP
#define BOOTLEAP_STACK_TOP _estack
#endif

// The ROM judges the first word as an initial stack, and what runs in its handlers until they are
// masked uses it: the application's own is right for both.
extern uint32_t BOOTLEAP_STACK_TOP[];

#if BOOTLEAP_ENTRY

#include "bootleap_depart.h"
#include "bootleap_empty_flag.h"
#include "bootleap_mark.h"

// Interrupts are masked first: the ROM left its own enabled, and may have some pending.
BOOTLEAP_NORETURN void bootleap_return_handler(void)
{
    mask_interrupts();
    clear_empty_flag();
    bootleap_depart(BACK);
}

#else // nothing is known of a mark here, and a reset alone starts the application clean

#include "bootleap_registers.h"

BOOTLEAP_NORETURN void bootleap_return_handler(void)
{
    mask_interrupts();
    *reg(SCB_AIRCR) = AIRCR_SYSRESETREQ;
    for (;;) {
    }
}

#endif

// What the core itself knows: a SysTick or a fault on the way here leads to the same end.
#define HERE bootleap_return_handler
BOOTLEAP_PLACED(".bootleap_return", 256) //
const struct bootleap_return_table bootleap_return = {
    BOOTLEAP_STACK_TOP,
    {HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE},
};

#else

typedef int nothing_here; // C wants at least one declaration in a file

#endif
