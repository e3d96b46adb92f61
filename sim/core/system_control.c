// system_control.c: the System Control Block, and who else has registers at 0xE000E000.
// SPDX-License-Identifier: MIT
#include "cortex.h"
#include "dwt.h"
#include "exceptions.h"
#include "nvic.h"
#include "store_path.h"
#include "systick.h"

#include <string.h>

// Offsets from 0xE000E000 (Armv7-M ARM, B3.2 to B3.5).
enum {
    ICTR = 0x004,
    ICSR = 0xD04,
    VTOR = 0xD08,
    AIRCR = 0xD0C,
    SCR = 0xD10,
    CCR = 0xD14,
    SHPR1 = 0xD18,
    SHPR3 = 0xD20,
    SHCSR = 0xD24,
    MPU_CTRL = 0xD94,
    FPCCR = 0xF34,

    ICSR_RETTOBASE = 1 << 11,
    ICSR_VECTPENDING_SHIFT = 12,
    ICSR_ISRPENDING = 1 << 22,
    ICSR_PENDSTCLR = 1 << 25,
    ICSR_PENDSTSET = 1 << 26,
    ICSR_PENDSVCLR = 1 << 27,
    ICSR_PENDSVSET = 1 << 28,
    NMI_PENDING = 1 << EXCEPTION_NMI,
    AIRCR_VECTRESET = 1 << 0,
    AIRCR_SYSRESETREQ = 1 << 2,
    AIRCR_KEY = 0x05FA,
    SHCSR_ENABLES = 7 << 16,
    SCR_BITS = 1 << 4 | 1 << 2 | 1 << 1, // SEVONPEND, SLEEPDEEP, SLEEPONEXIT
    CCR_CACHES = 3 << 16,
    CCR_DATA_CACHE = 1 << 16,
    CCSIDR = DATA_CACHE_CCSIDR,
    CACHE_FIRST = DATA_CACHE_DCIMVAC,
    CACHE_LAST = DATA_CACHE_DCCISW,
};

// 128 sets of 4 ways of 32 bytes that write back (Cortex-M7 TRM, CCSIDR).
#define CCSIDR_VALUE    0xF00FE019u
#define ICSR_NMIPENDSET 0x80000000u
// ASPEN and LSPEN (Armv7-M ARM, B3.2.20).
#define FPCCR_RESET 0xC0000000u

void exceptions_reset(struct cortex *core)
{
    struct exceptions before = core->exceptions;

    core->exceptions = (struct exceptions){
        .vtor = core->device->vtor_reset,
        .fp_control = cpu_has_fpu(core->device->core) ? FPCCR_RESET : 0,
        .systick_next = EVENT_NEVER,
        .held_line = before.held_line,
        .held_by = before.held_by,
    };
    core->exceptions.plain[CCR / 4] = core->device->ccr_reset;
    event_schedule(&core->events, &core->systick, EVENT_NEVER);
    if (before.held_by) {
        nvic_set_line(core, before.held_line - EXCEPTION_IRQ0, true);
    }
}

// Armv6-M shows less of what is active.
static bool is_v6(const struct cortex *core)
{
    return !cpu_has_priority_masks(core->device->core);
}

static void write_icsr(struct cortex *core, uint32_t value)
{
    uint32_t *pending = core->exceptions.pending;

    pending[0] |= value & ICSR_NMIPENDSET ? (uint32_t)NMI_PENDING : 0;
    pending[0] |= value & ICSR_PENDSVSET ? 1u << EXCEPTION_PENDSV : 0;
    pending[0] |= value & ICSR_PENDSTSET ? 1u << EXCEPTION_SYSTICK : 0;
    pending[0] &= ~(value & ICSR_PENDSVCLR ? 1u << EXCEPTION_PENDSV : 0u);
    pending[0] &= ~(value & ICSR_PENDSTCLR ? 1u << EXCEPTION_SYSTICK : 0u);
    exceptions_update(&core->exceptions);
}

static uint32_t read_icsr(struct cortex *core)
{
    uint32_t pending = core->exceptions.pending[0];
    unsigned next = exceptions_most_urgent(&core->exceptions);

    return (cpu_get(core->cpu, CPU_IPSR) & 0x1FFu) | next << ICSR_VECTPENDING_SHIFT |
           (nvic_any_pending(&core->exceptions) ? ICSR_ISRPENDING : 0u) |
           (pending & NMI_PENDING ? ICSR_NMIPENDSET : 0u) |
           (!is_v6(core) && exceptions_active_count(&core->exceptions) <= 1 ? ICSR_RETTOBASE : 0u) |
           (pending >> EXCEPTION_PENDSV & 1u ? ICSR_PENDSVSET : 0u) |
           (pending >> EXCEPTION_SYSTICK & 1u ? ICSR_PENDSTSET : 0u);
}

// Bits of SHCSR that show and set whether an exception is active, or pending.
static const struct {
    uint8_t bit, number;
    bool pending;
} shown_in_shcsr[] = {
    {0, EXCEPTION_MEM_MANAGE, false},  {1, EXCEPTION_BUS_FAULT, false},
    {3, EXCEPTION_USAGE_FAULT, false}, {7, EXCEPTION_SVC, false},
    {10, EXCEPTION_PENDSV, false},     {11, EXCEPTION_SYSTICK, false},
    {12, EXCEPTION_USAGE_FAULT, true}, {13, EXCEPTION_MEM_MANAGE, true},
    {14, EXCEPTION_BUS_FAULT, true},   {15, EXCEPTION_SVC, true},
};

// Armv6-M has it for debuggers only.
static uint32_t read_shcsr(const struct cortex *core)
{
    const struct exceptions *exceptions = &core->exceptions;
    uint32_t value = exceptions->plain[SHCSR / 4] & SHCSR_ENABLES;

    for (size_t i = 0; i < sizeof shown_in_shcsr / sizeof shown_in_shcsr[0]; i++) {
        const uint32_t *list = shown_in_shcsr[i].pending ? exceptions->pending : exceptions->active;
        value |= (list[0] >> shown_in_shcsr[i].number & 1u) << shown_in_shcsr[i].bit;
    }
    return is_v6(core) ? 0 : value;
}

static void write_shcsr(struct cortex *core, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;

    if (is_v6(core)) {
        return;
    }
    exceptions->plain[SHCSR / 4] = value & SHCSR_ENABLES;
    for (size_t i = 0; i < sizeof shown_in_shcsr / sizeof shown_in_shcsr[0]; i++) {
        uint32_t *list = shown_in_shcsr[i].pending ? exceptions->pending : exceptions->active;
        uint32_t mask = 1u << shown_in_shcsr[i].number;
        list[0] = value >> shown_in_shcsr[i].bit & 1u ? list[0] | mask : list[0] & ~mask;
    }
    exceptions_update(exceptions);
}

static void write_priorities(struct cortex *core, uint32_t offset, uint32_t value)
{
    uint32_t mask = 0xFFu << (8 - core->device->priority_bits) & 0xFFu;

    for (unsigned i = 0; i < 4; i++) {
        core->exceptions.priority[offset - SHPR1 + 4 + i] = (uint8_t)(value >> (8 * i) & mask);
    }
    core->exceptions.plain[offset / 4] = value;
}

// What a register keeps where the core writes a part of it: bits that set or clear do nothing.
static uint32_t kept(struct cortex *core, uint32_t offset)
{
    bool acts = offset == ICSR || (offset >= NVIC_FIRST && offset < NVIC_ACTING_END);

    if (offset >= SYSTICK_FIRST && offset < SYSTICK_END) {
        return systick_peek(core, offset);
    }
    return acts ? 0 : exceptions_read(core, offset);
}

// VECTRESET would reset the core and nothing else; only Armv7-M has it.
static void write_aircr(struct cortex *core, uint32_t value)
{
    enum core kind = core->device->core;
    bool has_vectreset = cpu_has_priority_masks(kind) && !cpu_has_stack_limits(kind);

    if (value >> 16 != AIRCR_KEY) {
        return;
    }
    if (value & AIRCR_VECTRESET && has_vectreset && !core->vectreset_ignored) {
        core->vectreset_ignored = true;
        core->vectreset_pc = cpu_get(core->cpu, CPU_PC);
    }
    if (value & AIRCR_SYSRESETREQ) {
        core->request_reset(core->context);
    }
}

// Bits of CCR that can be written; the others are what a reset leaves. Armv6-M ARM (DDI0419E)
// B3.2.8: none. Armv8-M ARM (DDI0553B) D1.2.9: STKOFHFNMIGN, but not STKALIGN and NONBASETHRDENA.
// Armv7-M ARM (DDI0403E) B3.2.8 leaves STKALIGN to the core: to read only on a Cortex-M7 (PM0253,
// section 4.3.7), as is its BP.
static uint32_t ccr_writable(const struct cortex *core)
{
    enum core kind = core->device->core;

    return is_v6(core)                  ? 0
           : cpu_has_stack_limits(kind) ? 0x0000051Au
           : cpu_has_data_cache(kind)   ? 0x0003011Bu
                                        : 0x0000031Bu;
}

static void write_ccr(struct cortex *core, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;
    uint32_t writable = ccr_writable(core);

    exceptions->protection_written = exceptions->settings_written = true;
    exceptions->cache_control = value & writable & CCR_CACHES;
    exceptions->plain[CCR / 4] = (value & writable) | (core->device->ccr_reset & ~writable);
    store_path_switch_cache(&core->store_path, value & CCR_DATA_CACHE);
}

static void write_control_block(struct cortex *core, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;

    if (offset == ICSR) {
        write_icsr(core, value);
    } else if (offset == VTOR) {
        exceptions->vtor = cpu_has_vtor(core->device->core) ? value & ~0x7Fu : 0;
    } else if (offset == AIRCR) {
        write_aircr(core, value);
    } else if (offset == CCR) {
        write_ccr(core, value);
    } else if (offset == SCR) {
        exceptions->settings_written = true;
        exceptions->plain[SCR / 4] = value & SCR_BITS;
    } else if (offset == SHCSR) {
        write_shcsr(core, value);
    } else if (offset == FPCCR) {
        exceptions->fp_control = cpu_has_fpu(core->device->core) ? value : 0;
    } else if (offset >= SHPR1 && offset <= SHPR3) {
        write_priorities(core, offset, value);
    } else if (offset == NVIC_STIR && !is_v6(core)) {
        nvic_write_stir(core, value);
    } else {
        dwt_settle(core); // the register may be DEMCR
        exceptions->plain[offset / 4] = value;
    }
}

void exceptions_write(struct cortex *core, uint32_t offset, uint32_t value, uint32_t lanes)
{
    if (~lanes) {
        value = (kept(core, offset) & ~lanes) | (value & lanes);
    }
    if (offset >= NVIC_FIRST && offset < NVIC_END) {
        nvic_write(core, offset, value);
    } else if (offset >= SYSTICK_FIRST && offset < SYSTICK_END) {
        systick_write(core, offset, value);
    } else if (offset >= MPU_FIRST && offset < MPU_END) {
        core->exceptions.protection_written |= offset == MPU_CTRL;
        mpu_write(&core->mpu, offset, value);
    } else if (offset >= CACHE_FIRST && offset <= CACHE_LAST) {
        store_path_maintain_cache(&core->store_path, offset, value);
    } else {
        write_control_block(core, offset, value);
    }
}

uint32_t exceptions_read(struct cortex *core, uint32_t offset)
{
    const struct exceptions *exceptions = &core->exceptions;

    if (offset >= NVIC_FIRST && offset < NVIC_END) {
        return nvic_read(core, offset);
    }
    if (offset >= SYSTICK_FIRST && offset < SYSTICK_END) {
        return systick_read(core, offset);
    }
    if (offset >= MPU_FIRST && offset < MPU_END) {
        return mpu_read(&core->mpu, offset);
    }
    switch (offset) {
    case ICTR:
        return (core->device->interrupts + 31) / 32 - 1;
    case ICSR:
        return read_icsr(core);
    case VTOR:
        return exceptions->vtor;
    case AIRCR:
        return 0xFA050000u;
    case NVIC_STIR: // write-only
        return 0;
    case SHCSR:
        return read_shcsr(core);
    case FPCCR:
        return exceptions->fp_control;
    case CCSIDR:
        return cpu_has_data_cache(core->device->core) ? CCSIDR_VALUE : 0;
    default:
        return exceptions->plain[offset / 4];
    }
}
