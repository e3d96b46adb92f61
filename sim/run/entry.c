// entry.c: the call of the entry function, or the jump, that a scenario makes from outside.
// SPDX-License-Identifier: MIT
#include "entry.h"

#include "bus.h"

#include <string.h>

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

bool entry_make(struct run *run)
{
    const struct scenario *scenario = run->scenario;
    struct watcher *watcher = &run->watcher;
    struct chip *chip = &run->chip;

    if (!watcher->enter_reached) {
        return false;
    }
    watcher->enter_reached = false;
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
