// dwt.c: counts the cycles of the core while it is awake.
// SPDX-License-Identifier: MIT
//
// Armv7-M ARM (DDI0403E) C1.6.5 and C1.8: TRCENA switches the unit on, CYCCNTENA its counter.
// Without TRCENA what is read is unknown; an F103 and an F303 read 0x40000000 (rtic-rs/rtic#221).
// Where the row says so, writes are ignored until the key is written to DWT_LAR. Comparators and
// other counters only keep what is written.
#include "dwt.h"

enum {
    CTRL = 0x000,
    CYCCNT = 0x004,
    LAR = 0xFB0,
    LSR = 0xFB4,
    DEMCR = 0xDFC, // from 0xE000E000
    CYCCNTENA = 1 << 0,
    CTRL_KEPT = 0x007FFFFF,
    LSR_PRESENT = 1 << 0,
    LSR_LOCKED = 1 << 1,
    TRCENA = 1 << 24,
};

#define LAR_KEY 0xC5ACCE55u
// Four comparators, and all that the unit can have.
#define CTRL_FIXED 0x40000000u

bool dwt_exists(const struct cortex *core)
{
    enum core kind = core->device->core;

    return kind != CORE_M0 && kind != CORE_M0PLUS;
}

void dwt_reset(struct cortex *core)
{
    core->dwt = (struct dwt){.locked = core->device->dwt_lock};
}

static bool is_on(const struct cortex *core)
{
    return core->exceptions.plain[DEMCR / 4] & TRCENA;
}

// The core's clock stands still for the unit while the core sleeps.
static uint64_t now(const struct cortex *core)
{
    return core->instructions - core->slept;
}

static uint32_t count(const struct cortex *core)
{
    const struct dwt *dwt = &core->dwt;
    bool counts = is_on(core) && dwt->registers[CTRL / 4] & CYCCNTENA;

    return dwt->registers[CYCCNT / 4] + (counts ? (uint32_t)(now(core) - dwt->since) : 0);
}

void dwt_settle(struct cortex *core)
{
    core->dwt.registers[CYCCNT / 4] = count(core);
    core->dwt.since = now(core);
}

uint32_t dwt_read(struct cortex *core, uint32_t offset)
{
    const struct dwt *dwt = &core->dwt;

    if (offset == LSR) {
        return core->device->dwt_lock ? LSR_PRESENT | (dwt->locked ? LSR_LOCKED : 0u) : 0;
    }
    if (offset / 4 >= DWT_REGISTERS) {
        return 0;
    }
    if (!is_on(core)) {
        return CTRL_FIXED;
    }
    if (offset == CYCCNT) {
        return count(core);
    }
    return dwt->registers[offset / 4] | (offset == CTRL ? CTRL_FIXED : 0);
}

void dwt_write(struct cortex *core, uint32_t offset, uint32_t value, uint32_t lanes)
{
    struct dwt *dwt = &core->dwt;

    if (offset == LAR) {
        dwt->locked = core->device->dwt_lock && value != LAR_KEY;
        return;
    }
    if (offset / 4 >= DWT_REGISTERS || dwt->locked || !is_on(core)) {
        return;
    }
    dwt_settle(core);
    value = (dwt->registers[offset / 4] & ~lanes) | (value & lanes);
    dwt->registers[offset / 4] = offset == CTRL ? value & CTRL_KEPT : value;
}
