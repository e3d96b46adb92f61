// states.c: the states in which an application asks for the ROM, a row each.
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
    return (!known || step->address - device->exti.start < device->exti.size) && !step->wait;
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

static bool has_priority_masks(const struct device *device)
{
    return cpu_has_priority_masks(device->core);
}

static bool has_fpu(const struct device *device)
{
    return cpu_has_fpu(device->core);
}

static bool has_mpu_and_mark_in_ram(const struct device *device)
{
    return device->mpu && !device->mark_in_backup;
}

static bool has_caches(const struct device *device)
{
    return cpu_has_data_cache(device->core) || has_role(device, ROLE_CACHE);
}

static bool has_dma(const struct device *device)
{
    return has_role(device, ROLE_DMA);
}

static bool has_dma_and_mark_in_ram(const struct device *device)
{
    return has_dma(device) && !device->mark_in_backup;
}

static bool has_stack_limits(const struct device *device)
{
    return cpu_has_stack_limits(device->core);
}

static bool has_vtor(const struct device *device)
{
    return cpu_has_vtor(device->core);
}

static bool has_alarm(const struct device *device)
{
    return device->backup_interrupt != 0;
}

// The engine's M0 has none.
static bool has_unprivileged_mode(const struct device *device)
{
    return cpu_has_priority_masks(device->core);
}

static const struct {
    const char *name;
    bool (*exists)(const struct device *device); // NULL: on every device
    void (*make)(struct chip *chip);             // NULL: it is so already
} states[STATES] = {
    [STATE_THREAD] = {"thread", NULL, NULL},
    [STATE_PROCESS_STACK] = {"process-stack", NULL, state_be_task},
    [STATE_HANDLER] = {"handler", NULL, state_be_in_handler},
    [STATE_PRIMASK] = {"primask", NULL, state_set_primask},
    [STATE_BASEPRI] = {"basepri", has_priority_masks, state_set_basepri},
    [STATE_FAULTMASK] = {"faultmask", has_priority_masks, state_set_faultmask},
    [STATE_FPU] = {"fpu", has_fpu, state_use_fpu},
    [STATE_MPU] = {"mpu", has_mpu_and_mark_in_ram, state_guard_mark},
    [STATE_CACHES] = {"caches", has_caches, state_turn_caches_on},
    [STATE_CLOCKS] = {"clocks", NULL, state_run_all_clocks},
    [STATE_PENDING] = {"pending", NULL, state_have_interrupts_pending},
    [STATE_DMA] = {"dma", has_dma, state_run_dma},
    [STATE_DMA_OVER_MARK] = {"dma-over-mark", has_dma_and_mark_in_ram, state_run_dma_over_mark},
    [STATE_STACK_LIMITS] = {"stack-limits", has_stack_limits, state_limit_stack},
    [STATE_WATCHDOG] = {"watchdog", NULL, state_start_watchdog},
    [STATE_ALARM] = {"alarm", has_alarm, state_have_alarm},
    [STATE_UNPRIVILEGED] = {"unprivileged", has_unprivileged_mode, state_be_unprivileged},
    [STATE_NESTED] = {"nested", NULL, state_be_in_nested_handler},
    [STATE_SYSTICK_HANDLER] = {"systick-handler", NULL, state_be_in_systick_handler},
    [STATE_FPU_HANDLER] = {"fpu-handler", has_fpu, state_be_in_fpu_handler},
    [STATE_LIMITED_TASK] = {"limited-task", has_stack_limits, state_be_limited_task},
    [STATE_FAULTS] = {"faults", has_priority_masks, state_enable_faults},
    [STATE_VTOR] = {"vtor", has_vtor, state_move_vectors},
    [STATE_PINS] = {"pins", NULL, state_drive_pins},
    [STATE_PERIPHERALS] = {"peripherals", NULL, state_use_peripherals},
    [STATE_WINDOW_WATCHDOG] = {"window-watchdog", has_window_watchdog, state_start_window_watchdog},
    [STATE_SLOW_CLOCKS] = {"slow-clocks", states_can_be_slow, state_run_slowly},
    [STATE_USB] = {"usb", has_usb_pullup, state_connect_usb},
    [STATE_EVENTS] = {"events", has_events, state_use_events},
    [STATE_SETTINGS] = {"settings", states_has_settings, state_change_settings},
};

const char *state_name(enum application_state state)
{
    return state < STATES ? states[state].name : NULL;
}

bool state_exists(const struct device *device, enum application_state state)
{
    return !states[state].exists || states[state].exists(device);
}

void state_make(struct chip *chip, enum application_state state)
{
    if (states[state].make) {
        states[state].make(chip);
    }
}
