// systick.c: counts instructions down and makes SysTick's exception pending.
// SPDX-License-Identifier: MIT
#include "systick.h"

#include "cortex.h"

// Offsets from 0xE000E000 (Armv7-M ARM, DDI0403E, B3.3).
enum {
    SYST_CSR = 0x010,
    SYST_RVR = 0x014,
    SYST_CVR = 0x018,
    SYST_ENABLE = 1 << 0,
    SYST_TICKINT = 1 << 1,
    SYST_SETTINGS = 7, // of CSR, as software writes them
    SYST_COUNTFLAG = 1 << 16,
};

// SysTick ran down.
static void tick(void *context)
{
    struct cortex *core = context;
    struct exceptions *exceptions = &core->exceptions;

    exceptions->systick_next += exceptions->systick_reload + 1;
    event_schedule(&core->events, &core->systick, exceptions->systick_next);
    exceptions->systick_control |= SYST_COUNTFLAG;
    if (exceptions->systick_control & SYST_TICKINT) {
        exceptions_pend(exceptions, EXCEPTION_SYSTICK);
    }
}

static void schedule(struct cortex *core, uint64_t at)
{
    core->exceptions.systick_next = at;
    event_schedule(&core->events, &core->systick, at);
}

void systick_open(struct cortex *core)
{
    core->systick = (struct event){.fire = tick, .context = core};
    event_queue_add(&core->events, &core->systick);
}

void systick_write(struct cortex *core, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;

    exceptions->systick_written = true;
    if (offset == SYST_CSR) {
        exceptions->systick_control =
            (value & SYST_SETTINGS) | (exceptions->systick_control & SYST_COUNTFLAG);
    } else if (offset == SYST_CVR) {
        exceptions->systick_control &= ~(uint32_t)SYST_COUNTFLAG;
    } else if (offset == SYST_RVR) {
        exceptions->systick_reload = value & 0xFFFFFFu;
        return;
    }
    bool on = exceptions->systick_control & SYST_ENABLE && exceptions->systick_reload;
    schedule(core, on ? core->instructions + exceptions->systick_reload + 1 : EVENT_NEVER);
}

void systick_start(struct cortex *core, uint32_t control, uint32_t reload)
{
    core->exceptions.systick_control = control;
    core->exceptions.systick_reload = reload;
    schedule(core, core->instructions + reload);
}

uint32_t systick_peek(const struct cortex *core, uint32_t offset)
{
    const struct exceptions *exceptions = &core->exceptions;

    if (offset == SYST_CSR) {
        return exceptions->systick_control;
    }
    if (offset == SYST_RVR) {
        return exceptions->systick_reload;
    }
    return exceptions->systick_next == EVENT_NEVER
               ? 0
               : (uint32_t)(exceptions->systick_next - core->instructions) & 0xFFFFFFu;
}

uint32_t systick_read(struct cortex *core, uint32_t offset)
{
    uint32_t value = systick_peek(core, offset);

    if (offset == SYST_CSR) { // reading clears COUNTFLAG
        core->exceptions.systick_control &= ~(uint32_t)SYST_COUNTFLAG;
    }
    return value;
}
