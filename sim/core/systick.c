// systick.c: counts a clock down and makes SysTick's exception pending.
// SPDX-License-Identifier: MIT
//
// Armv7-M ARM (DDI0403E) B3.3: at 0 the counter sets COUNTFLAG, and the clock after that it starts
// again from SYST_RVR. A write of SYST_CVR clears the counter and COUNTFLAG; a counter that is
// switched off keeps its value; one whose SYST_RVR is 0 stays at 0.
#include "systick.h"

#include "cortex.h"

// Offsets from 0xE000E000 (Armv7-M ARM, DDI0403E, B3.3).
enum {
    SYST_CSR = 0x010,
    SYST_RVR = 0x014,
    SYST_CVR = 0x018,
    SYST_ENABLE = 1 << 0,
    SYST_TICKINT = 1 << 1,
    SYST_CLKSOURCE = 1 << 2, // the core's clock, not the other one
    SYST_SETTINGS = 7,       // of CSR, as software writes them
    SYST_COUNTFLAG = 1 << 16,
    COUNTER = 0xFFFFFF,
};

// Cycles of the core from one count to the next.
static uint64_t cycles_of_count(const struct cortex *core)
{
    return core->exceptions.systick_control & SYST_CLKSOURCE ? 1 : core->systick_divider;
}

static void schedule(struct cortex *core, uint64_t at)
{
    core->exceptions.systick_next = at;
    event_schedule(&core->events, &core->systick, at);
}

// The clock after 0 has not come yet while there is more to go than it starts from.
static uint32_t count_of(const struct cortex *core)
{
    const struct exceptions *exceptions = &core->exceptions;
    uint64_t now = core->instructions, next = exceptions->systick_next;
    uint64_t cycles = cycles_of_count(core);

    if (next == EVENT_NEVER) {
        return exceptions->systick_count;
    }
    uint64_t counts = next > now ? (next - now + cycles - 1) / cycles : 0;
    return counts > exceptions->systick_start ? 0 : (uint32_t)counts;
}

// Has it go on from this count.
static void run_from(struct cortex *core, uint32_t count)
{
    struct exceptions *exceptions = &core->exceptions;
    uint64_t start = count ? count : exceptions->systick_reload + 1u;
    bool on = exceptions->systick_control & SYST_ENABLE && (count || exceptions->systick_reload);

    exceptions->systick_count = count;
    exceptions->systick_start = count ? count : exceptions->systick_reload;
    schedule(core, on ? core->instructions + start * cycles_of_count(core) : EVENT_NEVER);
}

// SysTick ran down.
static void tick(void *context)
{
    struct cortex *core = context;
    struct exceptions *exceptions = &core->exceptions;
    uint64_t period = (exceptions->systick_reload + 1u) * cycles_of_count(core);
    uint64_t next = exceptions->systick_next + period;

    exceptions->systick_count = 0;
    exceptions->systick_start = exceptions->systick_reload;
    schedule(core, exceptions->systick_reload ? next : EVENT_NEVER);
    exceptions->systick_control |= SYST_COUNTFLAG;
    if (exceptions->systick_control & SYST_TICKINT) {
        exceptions_pend(exceptions, EXCEPTION_SYSTICK);
    }
}

void systick_open(struct cortex *core)
{
    core->systick_divider = 1;
    core->systick = (struct event){.fire = tick, .context = core};
    event_queue_add(&core->events, &core->systick);
}

void systick_set_divider(struct cortex *core, uint64_t cycles)
{
    uint32_t count = count_of(core);
    bool runs = core->exceptions.systick_next != EVENT_NEVER;

    core->systick_divider = cycles;
    if (runs && !(core->exceptions.systick_control & SYST_CLKSOURCE)) {
        run_from(core, count);
    }
}

static void write_control(struct cortex *core, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;
    uint32_t before = exceptions->systick_control, count = count_of(core);

    exceptions->systick_control = (value & SYST_SETTINGS) | (before & SYST_COUNTFLAG);
    if ((before ^ value) & (SYST_ENABLE | SYST_CLKSOURCE)) {
        run_from(core, count);
    }
}

void systick_write(struct cortex *core, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;

    exceptions->systick_written = true;
    if (offset == SYST_CSR) {
        write_control(core, value);
    } else if (offset == SYST_CVR) {
        exceptions->systick_control &= ~(uint32_t)SYST_COUNTFLAG;
        run_from(core, 0);
    } else if (offset == SYST_RVR) {
        exceptions->systick_reload = value & COUNTER;
        if (exceptions->systick_next == EVENT_NEVER) {
            run_from(core, exceptions->systick_count);
        }
    }
}

void systick_start(struct cortex *core, uint32_t control, uint32_t reload)
{
    core->exceptions.systick_control = control;
    core->exceptions.systick_reload = reload;
    run_from(core, reload);
}

uint32_t systick_peek(const struct cortex *core, uint32_t offset)
{
    const struct exceptions *exceptions = &core->exceptions;

    if (offset == SYST_CSR) {
        return exceptions->systick_control;
    }
    return offset == SYST_RVR ? exceptions->systick_reload : count_of(core);
}

uint32_t systick_read(struct cortex *core, uint32_t offset)
{
    uint32_t value = systick_peek(core, offset);

    if (offset == SYST_CSR) { // reading clears COUNTFLAG
        core->exceptions.systick_control &= ~(uint32_t)SYST_COUNTFLAG;
    }
    return value;
}
