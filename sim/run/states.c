// states.c: makes the states in which an application asks for the ROM.
// SPDX-License-Identifier: MIT
#include "states.h"

#include "blocks.h"
#include "state_makers.h"

static bool has_role(const struct device *device, enum block_role role)
{
    for (const struct peripheral *p = device->peripherals; p->name; p++) {
        if (blocks_type(p->block)->role == role) {
            return true;
        }
    }
    return false;
}

static bool has_window_watchdog(const struct device *device)
{
    for (const struct peripheral *p = device->peripherals; p->name; p++) {
        const struct watchdog_role *watchdog = blocks_type(p->block)->watchdog;
        if (watchdog && watchdog->kind == WATCHDOG_WINDOW) {
            return true;
        }
    }
    return false;
}

// One in a block that is modelled.
static bool has_usb_pullup(const struct device *device)
{
    for (const struct jump_step *off = device->usb_pullups; off->name; off++) {
        for (const struct peripheral *p = device->peripherals; p->name; p++) {
            if (off->address - p->start < p->size) {
                return true;
            }
        }
    }
    return false;
}

bool states_is_event(const struct device *device, const struct jump_step *step)
{
    bool known = step->address - device->rcc < device->rcc_size;

    for (const struct peripheral *p = device->peripherals; p->name; p++) {
        known |= step->address - p->start < p->size;
    }
    return !known && !step->wait;
}

static bool has_events(const struct device *device)
{
    for (const struct jump_step *step = device->jump.steps; step->name; step++) {
        if (states_is_event(device, step)) {
            return true;
        }
    }
    return false;
}

const char *state_name(enum application_state state)
{
    static const char *const names[] = {
        [STATE_THREAD] = "thread",
        [STATE_PROCESS_STACK] = "process-stack",
        [STATE_HANDLER] = "handler",
        [STATE_PRIMASK] = "primask",
        [STATE_BASEPRI] = "basepri",
        [STATE_FAULTMASK] = "faultmask",
        [STATE_FPU] = "fpu",
        [STATE_MPU] = "mpu",
        [STATE_CACHES] = "caches",
        [STATE_CLOCKS] = "clocks",
        [STATE_PENDING] = "pending",
        [STATE_DMA] = "dma",
        [STATE_DMA_OVER_MARK] = "dma-over-mark",
        [STATE_STACK_LIMITS] = "stack-limits",
        [STATE_WATCHDOG] = "watchdog",
        [STATE_ALARM] = "alarm",
        [STATE_UNPRIVILEGED] = "unprivileged",
        [STATE_NESTED] = "nested",
        [STATE_SYSTICK_HANDLER] = "systick-handler",
        [STATE_FPU_HANDLER] = "fpu-handler",
        [STATE_LIMITED_TASK] = "limited-task",
        [STATE_FAULTS] = "faults",
        [STATE_VTOR] = "vtor",
        [STATE_PINS] = "pins",
        [STATE_PERIPHERALS] = "peripherals",
        [STATE_WINDOW_WATCHDOG] = "window-watchdog",
        [STATE_SLOW_CLOCKS] = "slow-clocks",
        [STATE_USB] = "usb",
        [STATE_EVENTS] = "events",
    };

    return state < STATES ? names[state] : NULL;
}

bool state_exists(const struct device *device, enum application_state state)
{
    switch (state) {
    case STATE_BASEPRI:
    case STATE_FAULTMASK:
    case STATE_FAULTS:
        return cpu_has_priority_masks(device->core);
    case STATE_FPU:
    case STATE_FPU_HANDLER:
        return cpu_has_fpu(device->core);
    case STATE_MPU:
        return device->mpu && !device->mark_in_backup;
    case STATE_CACHES:
        return cpu_has_data_cache(device->core) || has_role(device, ROLE_CACHE);
    case STATE_DMA:
        return has_role(device, ROLE_DMA);
    case STATE_DMA_OVER_MARK:
        return has_role(device, ROLE_DMA) && !device->mark_in_backup;
    case STATE_STACK_LIMITS:
    case STATE_LIMITED_TASK:
        return cpu_has_stack_limits(device->core);
    case STATE_VTOR:
        return cpu_has_vtor(device->core);
    case STATE_WINDOW_WATCHDOG:
        return has_window_watchdog(device);
    case STATE_SLOW_CLOCKS:
        return states_can_be_slow(device);
    case STATE_USB:
        return has_usb_pullup(device);
    case STATE_EVENTS:
        return has_events(device);
    case STATE_ALARM:
        return device->backup_interrupt != 0;
    case STATE_UNPRIVILEGED:
        return cpu_has_priority_masks(device->core); // the engine's M0 has no unprivileged mode
    default:
        return true;
    }
}

void state_make(struct chip *chip, enum application_state state)
{
    static void (*const makers[STATES])(struct chip * chip) = {
        [STATE_PROCESS_STACK] = state_be_task,
        [STATE_HANDLER] = state_be_in_handler,
        [STATE_PRIMASK] = state_set_primask,
        [STATE_BASEPRI] = state_set_basepri,
        [STATE_FAULTMASK] = state_set_faultmask,
        [STATE_FPU] = state_use_fpu,
        [STATE_MPU] = state_guard_mark,
        [STATE_CACHES] = state_turn_caches_on,
        [STATE_CLOCKS] = state_run_all_clocks,
        [STATE_PENDING] = state_have_interrupts_pending,
        [STATE_DMA] = state_run_dma,
        [STATE_DMA_OVER_MARK] = state_run_dma_over_mark,
        [STATE_STACK_LIMITS] = state_limit_stack,
        [STATE_WATCHDOG] = state_start_watchdog,
        [STATE_ALARM] = state_have_alarm,
        [STATE_UNPRIVILEGED] = state_be_unprivileged,
        [STATE_NESTED] = state_be_in_nested_handler,
        [STATE_SYSTICK_HANDLER] = state_be_in_systick_handler,
        [STATE_FPU_HANDLER] = state_be_in_fpu_handler,
        [STATE_LIMITED_TASK] = state_be_limited_task,
        [STATE_FAULTS] = state_enable_faults,
        [STATE_VTOR] = state_move_vectors,
        [STATE_PINS] = state_drive_pins,
        [STATE_PERIPHERALS] = state_use_peripherals,
        [STATE_WINDOW_WATCHDOG] = state_start_window_watchdog,
        [STATE_SLOW_CLOCKS] = state_run_slowly,
        [STATE_USB] = state_connect_usb,
        [STATE_EVENTS] = state_use_events,
    };

    if (makers[state]) { // a thread is what it is
        makers[state](chip);
    }
}
