// present_core.c: finds what a program has left in the core, in the words of evidence/.
// SPDX-License-Identifier: MIT
#include "present.h"

#include "interrupt_names.h"
#include "leftover_rule.h"
#include "system_memory.h"

#include <string.h>

enum {
    CPACR = 0xD88, // from 0xE000E000
    SHCSR = 0xD24,
    SYSTICK_TICKINT = 2,
    CONTROL_NPRIV = 1,
    CONTROL_SPSEL = 2,
    CONTROL_FPCA = 4,
};

void present_add(struct present *present, enum leftover leftover, bool is_so)
{
    present->left |= is_so ? present_bit(leftover) : 0;
}

bool present_is_broken(const struct contract *contract, const char *id)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (strcmp(contract->points[i].id, id) == 0) {
            return !contract->points[i].ok;
        }
    }
    return false;
}

static unsigned get(const struct judge *judge, enum cpu_register which)
{
    return cpu_get(judge->chip->core.cpu, which);
}

// The RAM that this stack pointer points into or at the end of; NULL: none.
static const struct region *ram_of_stack(const struct device *device, uint32_t pointer)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (pointer > ram->region.start && pointer <= ram->region.start + ram->region.size) {
            return &ram->region;
        }
    }
    return NULL;
}

static void find_stack(const struct judge *judge, struct present *present)
{
    const struct chip *chip = judge->chip;
    uint32_t msp = get(judge, CPU_MSP), control = get(judge, CPU_CONTROL);
    uint32_t sp = control & CONTROL_SPSEL ? get(judge, CPU_PSP) : msp;
    uint32_t word0 = memory_word(&chip->memory, chip->device->rom_vector);
    const struct region *ram = ram_of_stack(chip->device, sp);
    bool at_end = ram && sp == ram->start + ram->size;

    // Exceptions are stacked for the main stack, whichever the ROM runs on.
    present_add(present, LEFTOVER_STACK_OUTSIDE_RAM, !ram || !ram_of_stack(chip->device, msp));
    present_add(present, LEFTOVER_STACK_AT_END_OF_RAM, sp != word0 && at_end);
    present_add(present, LEFTOVER_OWN_STACK,
                msp != word0 && ram && !at_end && ram_of_stack(chip->device, msp));
    present_add(present, LEFTOVER_PROCESS_STACK, control & CONTROL_SPSEL);
    present_add(present, LEFTOVER_UNPRIVILEGED, control & CONTROL_NPRIV);
    present_add(present, LEFTOVER_NO_ISB, chip->core.isb_missing);
}

// A frame with registers of the FPU is longer. Only where they are stacked at once, and the FPU is
// off, does stacking them fault (Armv7-M ARM, B1.5.6 and B1.5.7).
static void find_fpu(const struct judge *judge, struct present *present)
{
    const struct exceptions *exceptions = &judge->chip->core.exceptions;
    bool lazy = exceptions->fp_control & FPCCR_LSPEN;

    if (!cpu_has_fpu(judge->chip->device->core)) {
        return;
    }
    present_add(present, LEFTOVER_FP_CONTEXT, get(judge, CPU_CONTROL) & CONTROL_FPCA);
    present_add(present, LEFTOVER_FP_STACKING, exceptions->fp_control & FPCCR_LSPACT);
    present_add(present, LEFTOVER_FPU, exceptions->plain[CPACR / 4]);
    present->harmless |=
        lazy || exceptions->plain[CPACR / 4] ? present_bit(LEFTOVER_FP_CONTEXT) : 0;
}

// A limit at or below the start of the RAM that holds the stack is never met. One above the stack
// faults at the first push (Armv8-M ARM, B3.21).
static void find_limit(uint32_t limit, uint32_t stack, const struct device *device,
                       enum leftover leftover, struct present *present)
{
    const struct region *ram = ram_of_stack(device, stack);

    present_add(present, leftover, limit != 0);
    present->fatal |= stack <= limit ? present_bit(leftover) : 0;
    present->harmless |= ram && limit <= ram->start ? present_bit(leftover) : 0;
}

static void find_limits(const struct judge *judge, struct present *present)
{
    const struct device *device = judge->chip->device;
    bool uses_psp = get(judge, CPU_CONTROL) & CONTROL_SPSEL;
    uint32_t msplim, psplim;

    if (!cpu_has_stack_limits(device->core)) {
        return;
    }
    cpu_stack_limits(judge->chip->core.cpu, &msplim, &psplim);
    find_limit(msplim, get(judge, CPU_MSP), device, LEFTOVER_STACK_LIMIT, present);
    if (uses_psp) {
        find_limit(psplim, get(judge, CPU_PSP), device, LEFTOVER_PROCESS_STACK_LIMIT, present);
    } else { // the limit of a stack that nobody uses
        present_add(present, LEFTOVER_PROCESS_STACK_LIMIT, psplim != 0);
        present->harmless |= present_bit(LEFTOVER_PROCESS_STACK_LIMIT);
    }
}

// Exceptions of the same priority do not preempt (Armv7-M ARM, B1.5.4).
static void find_handler(const struct judge *judge, const struct contract *contract,
                         struct present *present)
{
    bool active = present_is_broken(contract, "H3");
    bool yields = exceptions_yield(&judge->chip->core.exceptions);

    present_add(present, LEFTOVER_HANDLER, active && !yields);
    present_add(present, LEFTOVER_LOW_HANDLER, active && yields);
}

static void find_masks(const struct judge *judge, struct present *present)
{
    present_add(present, LEFTOVER_MASKED_INTERRUPTS,
                (get(judge, CPU_PRIMASK) | get(judge, CPU_FAULTMASK)) & 1u);
    present_add(present, LEFTOVER_MASKED_PRIORITIES, get(judge, CPU_BASEPRI) != 0);
}

// Whether some block that raises it is not as a reset leaves it, or nobody knows who raises it.
static bool line_may_rise(const struct chip *chip, unsigned irq)
{
    const struct block *block = interrupt_block(chip, irq);
    bool known = block != NULL;

    while (block && block_is_reset(block)) {
        block = interrupt_block_next(chip, irq, block);
    }
    return block || !known;
}

static void find_interrupts(const struct judge *judge, struct present *present)
{
    const struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    bool enabled = false, rises = false, pending = exceptions->taken_by_rom;

    for (unsigned i = 1; i < EXCEPTION_COUNT; i++) {
        bool on = exceptions->enabled[i / 32] >> i % 32 & 1u;
        bool waits = exceptions->pending[i / 32] >> i % 32 & 1u;
        enabled |= on && i >= EXCEPTION_IRQ0;
        rises |= on && i >= EXCEPTION_IRQ0 && line_may_rise(chip, i - EXCEPTION_IRQ0);
        pending |= waits && i != exceptions->held_line;
    }
    present_add(present, LEFTOVER_ENABLED_INTERRUPTS, enabled);
    present_add(present, LEFTOVER_PENDING_INTERRUPT, pending);
    present_add(present, LEFTOVER_FAULT_HANDLERS, exceptions->plain[SHCSR / 4] != 0);
    present->harmless |= rises || pending ? 0 : present_bit(LEFTOVER_ENABLED_INTERRUPTS);
}

void present_in_core(const struct judge *judge, const struct contract *contract,
                     struct present *present)
{
    const struct exceptions *exceptions = &judge->chip->core.exceptions;
    bool ticks = present_is_broken(contract, "H7");
    bool interrupts = exceptions->systick_control & SYSTICK_TICKINT;

    present_add(present, LEFTOVER_WRONG_TABLE, present_is_broken(contract, "H1"));
    find_stack(judge, present);
    find_fpu(judge, present);
    find_handler(judge, contract, present);
    find_masks(judge, present);
    find_limits(judge, present);
    find_interrupts(judge, present);
    present_add(present, LEFTOVER_SYSTICK_INTERRUPT, ticks && interrupts);
    present_add(present, LEFTOVER_SYSTICK, ticks && !interrupts);
    present_add(present, LEFTOVER_OWN_VECTORS, present_is_broken(contract, "H8"));
    present_add(present, LEFTOVER_NO_REMAP, present_is_broken(contract, "H9"));
    present_add(present, LEFTOVER_CORE_SETTINGS, present_is_broken(contract, "H16"));
    present_add(present, LEFTOVER_NO_MARK, present_is_broken(contract, "H15"));
}

// What a rule decides of it wherever it is.
static void apply_rules(struct present *present)
{
    for (unsigned i = 0; i < LEFTOVER_COUNT; i++) {
        enum leftover leftover = (enum leftover)i;
        present->fatal |= leftover_rule_always_fails(leftover) ? present_bit(leftover) : 0;
        present->harmless |= leftover_rule_never_matters(leftover) ? present_bit(leftover) : 0;
    }
}

void present_find(const struct judge *judge, const struct contract *contract,
                  struct present *present)
{
    *present = (struct present){.left = 0};
    if (!contract_broken(contract)) {
        return; // nothing was left
    }
    present_in_core(judge, contract, present);
    present_around_core(judge, contract, present);
    apply_rules(present);
    present->fatal &= present->left;
    present->harmless &= present->left & ~present->fatal;
}
