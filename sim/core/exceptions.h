// exceptions.h: exceptions and what raises them: NVIC, SysTick and the System Control Block.
// SPDX-License-Identifier: MIT
//
// Architecture: Armv7-M ARM (DDI0403E) B1.5 and B3, Armv6-M ARM B1.5, Armv8-M ARM B3.
#ifndef BOOTLEAP_SIM_EXCEPTIONS_H
#define BOOTLEAP_SIM_EXCEPTIONS_H

#include "cortex.h"

#include <stdbool.h>
#include <stdint.h>

void exceptions_reset(struct cortex *core);

// Registers at 0xE000E000 + offset, whole words; the core drives the bits of `lanes`.
uint32_t exceptions_read(struct cortex *core, uint32_t offset);
void exceptions_write(struct cortex *core, uint32_t offset, uint32_t value, uint32_t lanes);

// To be called when `pending` or `enabled` were changed by hand.
void exceptions_update(struct exceptions *exceptions);

void exceptions_pend(struct exceptions *exceptions, unsigned number);

// The pending exception that the core would take now, 0 if none.
unsigned exceptions_next(struct cortex *core);
// The most urgent one that is pending and enabled, whatever masks it; 0 if none.
unsigned exceptions_most_urgent(const struct exceptions *exceptions);
// Whether one is pending that wakes the core from WFI: that the core would take if PRIMASK were 0
// (Armv7-M ARM, DDI0403E, B1.5.19).
bool exceptions_wake(struct cortex *core);

// An event for WFE: the next one goes on at once (Armv7-M ARM, DDI0403E, B1.5.18).
void exceptions_signal_event(struct cortex *core);
// Takes the event that was signalled, if there was one.
bool exceptions_take_event(struct cortex *core);

// True if something is active, and interrupts with the priority that a reset gives them would
// still be taken over all of it.
bool exceptions_yield(const struct exceptions *exceptions);

// Takes back a pending exception.
void exceptions_drop(struct exceptions *exceptions, unsigned number);
// Where its handler is, as the vector table in force says; 0 where that cannot be read.
uint32_t exceptions_handler(const struct cortex *core, unsigned number);
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

#endif
