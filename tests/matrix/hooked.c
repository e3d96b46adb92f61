// hooked.c: an application whose start-up code runs .preinit_array, behind a SystemInit() of ST's.
// SPDX-License-Identifier: MIT
//
// What SystemInit() has written the simulator writes, see --system-init. It must be as before when
// the hook has returned: else the application is not reached.
#include "bootleap.h"
#include "bootleap_devices.h"
#include "bootleap_hook.h"
#include "bootleap_registers.h"

#include <stdint.h>

typedef void (*function)(void);

extern uint32_t stack_top[]; // from the command line of the linker
extern const function preinit_start[], preinit_end[];

void reset_handler(void);
void application(enum bootleap_origin origin);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    function handlers[15];
} vectors = {stack_top, {reset_handler}};

#ifndef BOOTLEAP_SYSTEM_INIT
#define BOOTLEAP_SYSTEM_INIT
#endif

static const struct {
    uint32_t place, mask, value, clock, clock_mask;
} registers[] = {BOOTLEAP_SYSTEM_INIT{0, 0, 0, 0, 0}};

enum {
    REGISTERS = sizeof registers / sizeof registers[0] - 1,
    READS = 5,
};

// As many a SystemInit() does: the trace of the ROM is gone.
#if BOOTLEAP_ENTRY && BOOTLEAP_VTOR
static void set_vector_table(void)
{
    *reg(SCB_VTOR) = (uint32_t)(uintptr_t)&vectors;
}
#else
static void set_vector_table(void)
{
}
#endif

// A ready flag follows its request after a few reads.
static void look(uint32_t *found)
{
    for (int read = 0; read < READS; read++) {
        for (int i = 0; i < REGISTERS; i++) {
            found[i] = *reg(registers[i].place);
        }
    }
    found[REGISTERS] = *reg(SCB_CPACR);
}

// The simulator looks at its argument, and calls the function for it.
__attribute__((noinline, used)) void application(enum bootleap_origin origin)
{
    __asm__ volatile("1: b 1b" : : "r"(origin), "r"(bootleap_enter));
}

void reset_handler(void)
{
    uint32_t before[REGISTERS + 1], after[REGISTERS + 1];

    set_vector_table();
    look(before);
    for (const function *one = preinit_start; one < preinit_end; one++) {
        (*one)();
    }
    look(after);
    for (int i = 0; i <= REGISTERS; i++) {
        while (before[i] != after[i]) {
        }
    }
    application(bootleap_hooked_origin());
}
