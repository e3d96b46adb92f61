// entry.c: the call of the entry function, or the jump, that a scenario makes from outside.
// SPDX-License-Identifier: MIT
#include "entry.h"

#include "bus.h"

#include <string.h>

enum { SOON = 8 }; // instructions: longer than an IT block

// As somebody else's code jumps: everything right, but no mark left.
static void jump_into_rom(struct chip *chip, bool remaps)
{
    const struct device *device = chip->device;

    if (device->remap_register && remaps) {
        if (device->remap_clock_register) {
            uint32_t enabled = bus_read(chip, device->remap_clock_register, 4);
            bus_write(chip, device->remap_clock_register, 4, enabled | device->remap_clock_mask);
        }
        uint32_t others = bus_read(chip, device->remap_register, 4) & ~device->remap_mask;
        bus_write(chip, device->remap_register, 4, others | device->remap_system_memory);
    } else {
        exceptions_set_vtor(&chip->core, device->rom_vector);
    }
    chip_start(chip, device->rom_vector);
}

static void call(struct watcher *watcher, const struct scenario *scenario)
{
    struct chip *chip = watcher->chip;

    if (scenario->on_stack) {
        cpu_set(chip->core.cpu, CPU_MSP, chip->device->mark + (uint32_t)scenario->stack_over_mark);
    }
    state_make(chip, scenario->state);
    chip->rcc.dead = scenario->dead_oscillator;
    watcher_note_call(watcher);
    watcher->call_stack = cpu_get(chip->core.cpu, CPU_SP);
    cpu_set(chip->core.cpu, CPU_LR, watcher->enter_at | 1u);
    cpu_set(chip->core.cpu, CPU_PC, watcher->entry);
}

void entry_ask(struct run *run)
{
    run->watcher.enter_after = run->chip.core.instructions + SOON;
    run->asked_outside = true;
}

// What a call may change (AAPCS, "Core registers").
static const enum cpu_register scratch[ENTRY_SCRATCH] = {CPU_R0,  CPU_R1, CPU_R2,  CPU_R3,
                                                         CPU_R12, CPU_LR, CPU_XPSR};

// As an interrupt would: the application notices nothing of it when it comes back.
static void call_back(struct run *run)
{
    struct watcher *watcher = &run->watcher;
    struct cpu *cpu = run->chip.core.cpu;

    for (size_t i = 0; i < ENTRY_SCRATCH; i++) {
        run->scratch[i] = cpu_get(cpu, scratch[i]);
    }
    watcher->calling_back = true;
    watcher->callback_stack = cpu_get(cpu, CPU_SP);
    cpu_set(cpu, CPU_LR, watcher->enter_at | 1u);
    cpu_set(cpu, CPU_PC, watcher->callback);
}

static void go_on(struct run *run)
{
    struct watcher *watcher = &run->watcher;

    for (size_t i = 0; i < ENTRY_SCRATCH; i++) {
        cpu_set(run->chip.core.cpu, scratch[i], run->scratch[i]);
    }
    watcher->calling_back = watcher->called_back = false;
}

// Whether the callback is no entry function: one that may well come back.
static bool is_plain_call(const struct run *run)
{
    const struct scenario *scenario = run->scenario;

    return run->asked_outside && strcmp(scenario->usb_callback, scenario->entry) != 0;
}

bool entry_make(struct run *run)
{
    const struct scenario *scenario = run->scenario;
    struct watcher *watcher = &run->watcher;
    struct chip *chip = &run->chip;

    if (watcher->called_back) {
        go_on(run);
        return true;
    }
    if (!watcher->enter_reached) {
        return false;
    }
    watcher->enter_reached = false;
    if (is_plain_call(run)) {
        run->asked_outside = false;
        call_back(run);
        return true;
    }
    if (run->asked_outside) {
        watcher->entry = watcher->callback;
        run->asked_outside = false;
    }
    watcher->calling = watcher->entered = true;
    watcher->reset_in = scenario->reset_at;
    watcher->reset = scenario->reset;
    watcher->called_at = chip->core.instructions;
    chip->boot0_raised = scenario->boot0_pin && strcmp(scenario->boot0_pin, "high") == 0;
    for (size_t i = 0; i < scenario->poke_count; i++) {
        bus_poke(chip, scenario->pokes[i].address, scenario->pokes[i].value);
    }
    if (scenario->foreign_jump) {
        jump_into_rom(chip, !scenario->plain_jump);
    } else {
        call(watcher, scenario);
    }
    return true;
}
