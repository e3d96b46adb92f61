// exception_return.c: the return from an exception, and the checks that a core makes of it.
// SPDX-License-Identifier: MIT
//
// ExceptionReturn() of the Armv7-M ARM (DDI0403E, B1.5.8) and of the Armv6-M ARM (DDI0419E,
// B1.5.8), ValidateExceptionReturn() of the Armv8-M ARM (DDI0553). What Armv7-M and Armv8-M answer
// with a UsageFault (INVPC) is UNPREDICTABLE on Armv6-M: both end a run.
#include "cortex.h"
#include "exception_frame.h"
#include "exceptions.h"
#include "nvic.h"

enum {
    CCR = 0xD14,
    CCR_NONBASETHRDENA = 1,
    CONTROL_SPSEL = 2,
    CONTROL_FPCA = 4,
    NUMBER = 0x1FF, // of the exception, in IPSR and in xPSR
    V7_BASE = 0x1,
    // Without the Security Extension S and ES are 0 and DCRS is 1, all else is UNPREDICTABLE. The
    // engine tells code that it is secure, so S may be 1, and does not show bit 0, ES.
    V8_BASE = 0x20, // DCRS
    V7_KIND = 0xF,
    V7_TO_HANDLER = 1,
    V7_TO_MSP = 9,
    V7_TO_PSP = 13,
};

uint32_t exceptions_return_base(enum core core)
{
    return cpu_has_stack_limits(core) ? 0xFFFFFF80u | V8_BASE : 0xFFFFFFE0u | V7_BASE;
}

unsigned exceptions_active_count(const struct exceptions *exceptions)
{
    unsigned count = 0;

    for (unsigned word = 0; word < EXCEPTION_WORDS; word++) {
        count += (unsigned)__builtin_popcount(exceptions->active[word]);
    }
    return count;
}

bool exceptions_is_active(const struct exceptions *exceptions, unsigned number)
{
    return number < EXCEPTION_COUNT && exceptions->active[number / 32] >> number % 32 & 1u;
}

static void set_active(struct exceptions *exceptions, unsigned number, bool active)
{
    uint32_t mask = 1u << number % 32, *word = &exceptions->active[number / 32];

    *word = active ? *word | mask : *word & ~mask;
}

static const char *refuse_value(enum core core, uint32_t value)
{
    uint32_t kind = value & V7_KIND;

    if (cpu_has_stack_limits(core)) {
        return value & V8_BASE ? NULL : "EXC_RETURN for registers that nobody stacked (DCRS)";
    }
    return kind == V7_TO_HANDLER || kind == V7_TO_MSP || kind == V7_TO_PSP
               ? NULL
               : "a value in PC that is no EXC_RETURN (INVPC)";
}

// Before anything is popped. Armv8-M may go to thread mode with other exceptions active.
static const char *refuse_start(const struct cortex *core, unsigned number, uint32_t value)
{
    const struct exceptions *exceptions = &core->exceptions;
    enum core kind = core->device->core;
    bool any_base = cpu_has_stack_limits(kind) || (cpu_has_priority_masks(kind) &&
                                                   exceptions->plain[CCR / 4] & CCR_NONBASETHRDENA);

    if (!exceptions_is_active(exceptions, number)) {
        return "a return from an exception that is not active (INVPC)";
    }
    if (value & RETURN_THREAD && !any_base && exceptions_active_count(exceptions) != 1) {
        return "a return to thread mode while another exception is active (INVPC)";
    }
    return refuse_value(kind, value);
}

static void pop(struct cpu *cpu, const uint32_t *frame, bool fp)
{
    cpu_set(cpu, CPU_R0, frame[0]);
    cpu_set(cpu, CPU_R1, frame[1]);
    cpu_set(cpu, CPU_R2, frame[2]);
    cpu_set(cpu, CPU_R3, frame[3]);
    cpu_set(cpu, CPU_R12, frame[4]);
    cpu_set(cpu, CPU_LR, frame[5]);
    for (unsigned i = 0; fp && i < 16; i++) {
        cpu_set(cpu, (enum cpu_register)(CPU_S0 + i), frame[8 + i]);
    }
    if (fp) {
        cpu_set(cpu, CPU_FPSCR, frame[24]);
    }
}

// What is of the exception ends, whether the return comes to its end or not. An interrupt is
// pending again if its line is still high.
static void deactivate(struct cortex *core, unsigned number)
{
    set_active(&core->exceptions, number % EXCEPTION_COUNT, false);
    nvic_sample_lines(&core->exceptions);
    if (number != EXCEPTION_NMI) {
        cpu_set(core->cpu, CPU_FAULTMASK, 0);
    }
}

const char *exceptions_return(struct cortex *core, uint32_t value)
{
    struct cpu *cpu = core->cpu;
    unsigned number = cpu_get(cpu, CPU_IPSR) & NUMBER;
    bool fp = !(value & RETURN_NO_FP) && cpu_has_fpu(core->device->core);
    bool thread = value & RETURN_THREAD;
    uint32_t frame[FRAME_WORDS_FP] = {0}, words = fp ? FRAME_WORDS_FP : FRAME_WORDS, sp;
    const char *refusal = refuse_start(core, number, value);

    deactivate(core, number);
    if (refusal) {
        return refusal;
    }
    if (thread) {
        uint32_t control = cpu_get(cpu, CPU_CONTROL) & 1u;
        cpu_set(cpu, CPU_IPSR, 0);
        cpu_set(cpu, CPU_CONTROL,
                control | (value & RETURN_PSP ? CONTROL_SPSEL : 0u) | (fp ? CONTROL_FPCA : 0u));
    }
    sp = cpu_get(cpu, CPU_SP);
    if (!cpu_load(cpu, sp, frame, 4 * words)) {
        return "an exception frame cannot be read where SP points";
    }
    if (thread != !(frame[7] & NUMBER)) {
        return thread ? "a return to thread mode with an exception in the stacked xPSR (INVPC)"
                      : "a return to a handler with no exception in the stacked xPSR (INVPC)";
    }
    core->isb_missing = false;
    core->event = true;
    core->exceptions.fp_control &= fp ? ~(uint32_t)FPCCR_LSPACT : 0xFFFFFFFFu;
    pop(cpu, frame, fp);
    cpu_set(cpu, CPU_SP, (sp + 4 * words) | (frame[7] & XPSR_ALIGNED ? 4u : 0u));
    cpu_set(cpu, CPU_XPSR, frame[7]);
    if (!thread) {
        cpu_set(cpu, CPU_IPSR, frame[7] & NUMBER);
    }
    cpu_set(cpu, CPU_PC, frame[6]);
    return NULL;
}
