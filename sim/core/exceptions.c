// exceptions.c: which exception is taken, its entry and its return.
// SPDX-License-Identifier: MIT
#include "exceptions.h"

#include "exception_frame.h"
#include "store_path.h"

#include <string.h>

enum {
    PRIORITY_NMI = -2,
    PRIORITY_HARD_FAULT = -1,
    PRIORITY_THREAD = 256,
    CONTROL_SPSEL = 2,
    CONTROL_FPCA = 4,
    CCR = 0xD14, // from 0xE000E000
    CCR_STKALIGN = 1 << 9,
    XPSR_THUMB = 1 << 24,
};

// Of a word that is not 0.
static unsigned lowest_bit(uint32_t bits)
{
    return (unsigned)__builtin_ctz(bits);
}

static void set_bit(uint32_t *bits, unsigned number, bool value)
{
    uint32_t mask = 1u << number % 32;

    bits[number / 32] = value ? bits[number / 32] | mask : bits[number / 32] & ~mask;
}

static int priority_of(const struct exceptions *exceptions, unsigned number)
{
    if (number == EXCEPTION_NMI) {
        return PRIORITY_NMI;
    }
    return number == EXCEPTION_HARD_FAULT ? PRIORITY_HARD_FAULT : exceptions->priority[number];
}

// The most urgent of what is active.
static int active_priority(const struct exceptions *exceptions)
{
    int priority = PRIORITY_THREAD;

    for (unsigned word = 0; word < EXCEPTION_WORDS; word++) {
        for (uint32_t bits = exceptions->active[word]; bits; bits &= bits - 1) {
            int active = priority_of(exceptions, 32 * word + lowest_bit(bits));
            priority = active < priority ? active : priority;
        }
    }
    return priority;
}

bool exceptions_yield(const struct exceptions *exceptions)
{
    int priority = active_priority(exceptions);

    return priority > 0 && priority < PRIORITY_THREAD;
}

// As if PRIMASK were 0.
static int unmasked_priority(struct cortex *core)
{
    uint32_t base = cpu_get(core->cpu, CPU_BASEPRI);
    int priority = active_priority(&core->exceptions);

    if (base && (int)base < priority) {
        priority = (int)base;
    }
    if (cpu_get(core->cpu, CPU_FAULTMASK) & 1u && priority > PRIORITY_HARD_FAULT) {
        priority = PRIORITY_HARD_FAULT;
    }
    return priority;
}

static int execution_priority(struct cortex *core)
{
    int priority = unmasked_priority(core);

    return cpu_get(core->cpu, CPU_PRIMASK) & 1u && priority > 0 ? 0 : priority;
}

// One bit for each exception of a word that is pending and enabled.
static uint32_t may_be_taken(const struct exceptions *exceptions, unsigned word)
{
    uint32_t always = word ? 0 : (1u << EXCEPTION_IRQ0) - (1u << EXCEPTION_NMI);

    return exceptions->pending[word] & (exceptions->enabled[word] | always);
}

unsigned exceptions_most_urgent(const struct exceptions *exceptions)
{
    unsigned best = 0;

    for (unsigned word = 0; word < EXCEPTION_WORDS; word++) {
        for (uint32_t bits = may_be_taken(exceptions, word); bits; bits &= bits - 1) {
            unsigned number = 32 * word + lowest_bit(bits);
            if (!best || priority_of(exceptions, number) < priority_of(exceptions, best)) {
                best = number;
            }
        }
    }
    return best;
}

void exceptions_update(struct exceptions *exceptions)
{
    exceptions->any_pending = false;
    for (unsigned word = 0; word < EXCEPTION_WORDS; word++) {
        exceptions->any_pending |= may_be_taken(exceptions, word) != 0;
    }
}

void exceptions_pend(struct exceptions *exceptions, unsigned number)
{
    set_bit(exceptions->pending, number, true);
    exceptions_update(exceptions);
}

void exceptions_drop(struct exceptions *exceptions, unsigned number)
{
    set_bit(exceptions->pending, number, false);
    exceptions_update(exceptions);
}

uint32_t exceptions_handler(const struct cortex *core, unsigned number)
{
    uint32_t handler = 0;

    cpu_load(core->cpu, core->exceptions.vtor + 4 * number, &handler, 4);
    return handler;
}

void exceptions_set_vtor(struct cortex *core, uint32_t vtor)
{
    core->exceptions.vtor = cpu_has_vtor(core->device->core) ? vtor : 0;
}

unsigned exceptions_next(struct cortex *core)
{
    unsigned best = core->exceptions.any_pending ? exceptions_most_urgent(&core->exceptions) : 0;

    return best && priority_of(&core->exceptions, best) < execution_priority(core) ? best : 0;
}

bool exceptions_wake(struct cortex *core)
{
    unsigned best = core->exceptions.any_pending ? exceptions_most_urgent(&core->exceptions) : 0;

    return best && priority_of(&core->exceptions, best) < unmasked_priority(core);
}

void exceptions_signal_event(struct cortex *core)
{
    core->event = true;
}

bool exceptions_take_event(struct cortex *core)
{
    bool was = core->event;

    core->event = false;
    return was;
}

// Puts the core's registers into a frame, `words` of it used.
static unsigned make_frame(struct cpu *cpu, bool fp, bool realigned, uint32_t *frame)
{
    static const enum cpu_register order[] = {CPU_R0,  CPU_R1, CPU_R2, CPU_R3,
                                              CPU_R12, CPU_LR, CPU_PC};

    for (unsigned i = 0; i < sizeof order / sizeof order[0]; i++) {
        frame[i] = cpu_get(cpu, order[i]);
    }
    frame[6] &= ~1u;
    frame[7] = (cpu_get(cpu, CPU_XPSR) & ~(uint32_t)XPSR_ALIGNED) | XPSR_THUMB |
               (realigned ? XPSR_ALIGNED : 0u);
    for (unsigned i = 0; fp && i < 16; i++) {
        frame[8 + i] = cpu_get(cpu, (enum cpu_register)(CPU_S0 + i));
    }
    frame[24] = fp ? cpu_get(cpu, CPU_FPSCR) : 0;
    return fp ? FRAME_WORDS_FP : FRAME_WORDS;
}

// A frame with registers of the FPU is aligned to 8 bytes, any other as CCR says (Armv7-M ARM,
// DDI0403E, B1.5.7).
bool exceptions_enter(struct cortex *core, unsigned number)
{
    struct cpu *cpu = core->cpu;
    struct exceptions *exceptions = &core->exceptions;
    uint32_t control = cpu_get(cpu, CPU_CONTROL), sp = cpu_get(cpu, CPU_SP);
    bool thread = cpu_get(cpu, CPU_IPSR) == 0;
    bool fp = control & CONTROL_FPCA, aligned = fp || exceptions->plain[CCR / 4] & CCR_STKALIGN;
    uint32_t frame[FRAME_WORDS_FP] = {0}, lr = exceptions_return_base(core->device->core);
    unsigned words = make_frame(cpu, fp, aligned && sp & 4u, frame);

    sp = (sp - 4 * words) & (aligned ? ~7u : ~3u);
    if (!store_path_check(core, sp, 4 * words) || !cpu_store(cpu, sp, frame, 4 * words)) {
        return false;
    }
    cpu_set(cpu, CPU_SP, sp);
    lr |= fp ? 0u : RETURN_NO_FP;
    lr |= thread ? RETURN_THREAD : 0u;
    lr |= thread && control & CONTROL_SPSEL ? RETURN_PSP : 0u;
    if (thread) {
        cpu_set(cpu, CPU_CONTROL, control & ~(uint32_t)(CONTROL_SPSEL | CONTROL_FPCA));
    }
    cpu_set(cpu, CPU_IPSR, number);
    cpu_set(cpu, CPU_LR, lr);
    set_bit(exceptions->pending, number, false);
    set_bit(exceptions->active, number, true);
    exceptions->fp_control |= fp && exceptions->fp_control & FPCCR_LSPEN ? FPCCR_LSPACT : 0u;
    exceptions->taken++;
    core->event = true;
    core->isb_missing = false; // an entry synchronises as an ISB does, and so does a return
    cpu_set(cpu, CPU_PC, exceptions_handler(core, number));
    return true;
}
