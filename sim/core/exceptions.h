// exceptions.h: exceptions and what raises them: NVIC, SysTick and the System Control Block.
// SPDX-License-Identifier: MIT
//
// Architecture: Armv7-M ARM (DDI0403E) B1.5 and B3, Armv6-M ARM B1.5, Armv8-M ARM B3.
#ifndef BOOTLEAP_SIM_EXCEPTIONS_H
#define BOOTLEAP_SIM_EXCEPTIONS_H

#include "devices.h"

#include <stdbool.h>
#include <stdint.h>

struct cortex;

enum {
    EXCEPTION_NMI = 2,
    EXCEPTION_HARD_FAULT = 3,
    EXCEPTION_MEM_MANAGE = 4,
    EXCEPTION_BUS_FAULT = 5,
    EXCEPTION_USAGE_FAULT = 6,
    EXCEPTION_SVC = 11,
    EXCEPTION_PENDSV = 14,
    EXCEPTION_SYSTICK = 15,
    EXCEPTION_IRQ0 = 16,
    EXCEPTION_COUNT = 16 + 240,
    EXCEPTION_WORDS = EXCEPTION_COUNT / 32,
};

#define FPCCR_LSPEN 0x40000000u

enum { FPCCR_LSPACT = 1 };

struct exceptions {
    // One bit an exception number.
    uint32_t pending[EXCEPTION_WORDS];
    uint32_t active[EXCEPTION_WORDS];
    uint32_t enabled[EXCEPTION_WORDS];
    uint8_t priority[EXCEPTION_COUNT];
    bool any_pending; // false: nothing that is pending is enabled

    uint32_t systick_control, systick_reload;
    uint64_t systick_next; // instruction count at which it reaches 0; UINT64_MAX while off
    // An interrupt line that is held high from outside, over resets too; 0: none is.
    unsigned held_line;
    const char *held_by; // "the RTC's alarm, which the backup domain holds"

    uint32_t vtor;
    uint32_t fp_control;        // FPCCR, where there is an FPU
    uint32_t cache_control;     // CCR: bit 16 data cache, bit 17 instruction cache
    uint32_t plain[0x1000 / 4]; // registers of 0xE000E000 that only keep what is written

    // Written since the last reset, for the report.
    bool nvic_written, systick_written, vtor_written, protection_written;
    unsigned taken;        // exceptions entered since the last reset
    unsigned taken_by_rom; // ... that the ROM's table was in force for
};

void exceptions_reset(struct cortex *core);

// Registers at 0xE000E000 + offset, whole words; the core drives the bits of `lanes`.
uint32_t exceptions_read(struct cortex *core, uint32_t offset);
void exceptions_write(struct cortex *core, uint32_t offset, uint32_t value, uint32_t lanes);

// To be called when `pending` or `enabled` were changed by hand.
void exceptions_update(struct exceptions *exceptions);

void exceptions_pend(struct exceptions *exceptions, unsigned number);

// The pending exception that the core would take now, 0 if none.
unsigned exceptions_next(struct cortex *core);
// Whether one is pending that would wake the core from WFI.
bool exceptions_wake(const struct cortex *core);

// True if something is active, and interrupts with the priority that a reset gives them would
// still be taken over all of it.
bool exceptions_yield(const struct exceptions *exceptions);

// Takes back a pending exception.
void exceptions_drop(struct exceptions *exceptions, unsigned number);
// Where its handler is, as the vector table in force says; 0 where that cannot be read.
uint32_t exceptions_handler(struct cortex *core, unsigned number);
// Sets VTOR without being the core.
void exceptions_set_vtor(struct cortex *core, uint32_t vtor);

// Stacks a frame and goes to the handler. False if the frame cannot be stacked.
bool exceptions_enter(struct cortex *core, unsigned number);
// Unstacks, for this EXC_RETURN value. Returns what is wrong with that, NULL if nothing is.
const char *exceptions_return(struct cortex *core, uint32_t value);
// EXC_RETURN of a return to a handler, with an FPU frame: the bits that tell of it are clear.
uint32_t exceptions_return_base(enum core core);

// How many exceptions are active, and whether this one is.
unsigned exceptions_active_count(const struct exceptions *exceptions);
bool exceptions_is_active(const struct exceptions *exceptions, unsigned number);
void exceptions_set_active(struct exceptions *exceptions, unsigned number, bool active);

#endif
