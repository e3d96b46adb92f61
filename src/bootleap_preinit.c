// bootleap_preinit.c: a hook: start-up code that runs .preinit_array calls bootleap_on_reset().
// SPDX-License-Identifier: MIT
//
// Add this file and nothing else is to be written; bootleap_hook.h says what it cannot do. Nothing
// refers to it, so a linker leaves it out of an archive: link its object. Beside
// bootleap_systeminit.c, whose hook has come before, it does nothing.
#include "bootleap_devices.h"
#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"
#include "bootleap_registers.h"

#include <stdint.h>

#ifndef BOOTLEAP_SYSTEM_INIT
#define BOOTLEAP_SYSTEM_INIT // ST's SystemInit() leaves every register of this part as a reset
#endif

// What SystemInit() has changed: the bits of `mask` are `value` after a reset. The register is
// there with its clock (0: always).
struct change {
    uint32_t place, mask, value, clock, clock_mask;
};

static const struct change changes[] = {BOOTLEAP_SYSTEM_INIT{0, 0, 0, 0, 0}};

enum {
    CHANGES = sizeof changes / sizeof changes[0] - 1,
    PATIENCE = 1000, // times that a register is read
    NVIC_WORDS = 8,
    FLASH_START = 0x08000000, // on every series that has a way into the ROM
};

typedef void (*hook)(void);

#if __ARM_ARCH >= 7
static uint32_t set_fpu(uint32_t access)
{
    uint32_t before = *reg(SCB_CPACR);

    *reg(SCB_CPACR) = access;
    __asm__ volatile("dsb\n"
                     "isb"
                     :
                     :
                     : "memory");
    return before;
}
#else
static uint32_t set_fpu(uint32_t access) // such a core has none
{
    return access;
}
#endif

// The bits of `mask` become `value`, which takes an oscillator that is among them some
// microseconds. Returns what the register was.
static uint32_t set_register(const struct change *one, uint32_t mask, uint32_t value)
{
    volatile uint32_t *clock = reg(one->clock), *place = reg(one->place);
    uint32_t clocks = 0;

    if (one->clock) {
        clocks = *clock;
        *clock = clocks | one->clock_mask;
        (void)*clock;
    }
    uint32_t before = *place;
    *place = (before & ~mask) | value;
    for (int left = PATIENCE; left > 0 && (*place & mask) != value; left--) {
    }
    if (one->clock) {
        *clock = clocks;
    }
    return before;
}

// VTOR tells that the ROM has started the image, unless SystemInit() has set it. An image at the
// start of flash is what a reset starts: an interrupt that is on so early was left by the ROM, and
// VTOR becomes the ROM's again. Behind a loader it may be the loader's, and nothing is done.
// Returns what VTOR was.
#if BOOTLEAP_ENTRY && BOOTLEAP_VTOR
static uint32_t show_trace(void)
{
    uint32_t vtor = *reg(SCB_VTOR), on = *reg(SYST_CSR) & 1u;

    for (uint32_t i = 0; i < NVIC_WORDS; i++) {
        on |= *reg(NVIC_ISER + 4 * i);
    }
    if (vtor == FLASH_START && on != 0) {
        *reg(SCB_VTOR) = BOOTLEAP_ROM;
    }
    return vtor;
}

static void set_vtor(uint32_t vtor)
{
    *reg(SCB_VTOR) = vtor;
}
#else
static uint32_t show_trace(void) // such a core has no VTOR
{
    return 0;
}

static void set_vtor(uint32_t vtor)
{
    (void)vtor;
}
#endif

// The ROM must find what a reset leaves, and the application what SystemInit() has left.
static uint32_t ask(void)
{
    uint32_t before[CHANGES + 1];
    uint32_t access = set_fpu(0), vtor = show_trace();

    for (int i = 0; i < CHANGES; i++) {
        before[i] = set_register(&changes[i], changes[i].mask, changes[i].value);
    }
    uint32_t origin = (uint32_t)bootleap_on_reset();
    set_vtor(vtor);
    for (int i = CHANGES; i-- > 0;) {
        set_register(&changes[i], 0xFFFFFFFF, before[i]);
    }
    set_fpu(access);
    return origin;
}

// There if the image has the other hook and SystemInit() is wrapped: only --wrap makes this name.
extern void __real_SystemInit(void) __attribute__((weak));

// Without it nobody has written the words yet, and reading them can trap where RAM has parity.
static void on_preinit(void)
{
    uint32_t origin = __real_SystemInit ? kept_origin() : 0;

    keep_origin(origin & HOOKED_EARLY ? origin & ~HOOKED_EARLY : ask());
}

__attribute__((section(".preinit_array"), used)) static const hook entry = on_preinit;

// Weak, because the other hook has it too.
__attribute__((weak)) enum bootleap_origin bootleap_hooked_origin(void)
{
    return (enum bootleap_origin)(kept_origin() & ~HOOKED_EARLY);
}
