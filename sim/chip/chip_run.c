// chip_run.c: lets the core run, and acts between two instructions.
// SPDX-License-Identifier: MIT
#include "chip_run.h"

#include "chip_sleep.h"
#include "chip_sprint.h"
#include "chip_stores.h"
#include "exceptions.h"
#include "observer.h"
#include "system_memory.h"

#include <string.h>

// A program that only asks whether there is something to do gets a rest after this many times.
enum { IDLE_POLLS = 256, ROM_HANDLER_STACK = 128 };

// A fetch outside flash: in system memory, or from where code changes without our notice.
static void note_fetch(struct chip *chip, uint32_t pc)
{
    if (memory_is_system(chip->device, pc)) {
        chip->rom_fetched = true;
        chip->rom_pc = pc;
    } else {
        chip->code_changed = true;
    }
}

// Whether this may be a point to watch: one of 64 others is taken for it, too.
static bool is_near_point(const struct chip *chip, uint32_t pc)
{
    return chip->watch && chip->watch_near >> chip_watch_lane(pc) & 1;
}

void chip_instruction(struct chip *chip, uint32_t pc)
{
    const struct exceptions *exceptions = &chip->core.exceptions;
    bool near = is_near_point(chip, pc);

    if (pc - chip->device->flash.start >= chip->device->flash.size) {
        note_fetch(chip, pc);
    }
    if (chip->core.instructions >= chip->core.events.next) {
        event_queue_run(&chip->core.events, chip->core.instructions);
    }
    if (chip->rom_fetched || chip->reset_wanted || chip->paused || chip->alias_changed ||
        chip->deferred || chip->idle_polls > IDLE_POLLS ||
        (exceptions->any_pending && exceptions_next(&chip->core))) {
        cpu_stop(chip->core.cpu);
        return;
    }
    if (chip->observers.stepping_count && observers_stop(chip, pc)) {
        chip->paused = true;
        cpu_stop(chip->core.cpu);
        return;
    }
    if (near && chip_stores_missing(chip, pc)) {
        cpu_stop(chip->core.cpu);
        return;
    }
    chip->core.instructions++;
    chip->since_reset++;
    if (chip->watch && (near || chip->core.instructions > chip->watch_from)) {
        chip->watch(chip->watch_context, pc);
        if (chip->paused) {
            cpu_stop(chip->core.cpu);
        }
    }
}

// The ROM's handler: it uses the stack as it finds it, and the ROM's RAM as if it were still its
// own, and comes back. Its line stays quiet then.
static void run_rom_handler(struct chip *chip, unsigned number)
{
    uint8_t *below = memory_ram_at(
        &chip->memory, cpu_get(chip->core.cpu, CPU_SP) - ROM_HANDLER_STACK, ROM_HANDLER_STACK);

    exceptions_drop(&chip->core.exceptions, number);
    chip->core.exceptions.taken_by_rom++;
    if (below) {
        memset(below, MEMORY_OF_ROM, ROM_HANDLER_STACK);
    }
    memory_use_by_rom(&chip->memory, chip->device);
}

static void forget_changed_flash(struct chip *chip)
{
    struct region *changed = &chip->flash_changed;

    if (changed->size) {
        cpu_forget_code(chip->core.cpu, memory_at(&chip->memory, changed->start, changed->size),
                        changed->size);
        changed->size = 0;
    }
}

// What can be done without the caller: changed flash, a new alias at 0, an exception.
static bool act_between(struct chip *chip)
{
    struct problem problem;
    unsigned number;

    forget_changed_flash(chip);
    if (chip->deferred) {
        bool (*work)(void *) = chip->deferred;
        chip->deferred = NULL;
        return work(chip->deferred_context);
    }
    if (chip->alias_changed) {
        chip->alias_changed = false;
        if (chip->alias_mapped == chip->alias_is_rom) {
            return true;
        }
        chip->alias_mapped = chip->alias_is_rom;
        if (memory_realias(&chip->memory, chip->device, chip->core.cpu, chip->alias_is_rom,
                           &problem)) {
            chip->core.lockup = "the alias at 0 cannot be mapped";
        }
        return true;
    }
    number = exceptions_next(&chip->core);
    if (number && memory_is_system(chip->device, exceptions_handler(&chip->core, number))) {
        run_rom_handler(chip, number);
    } else if (number && !exceptions_enter(&chip->core, number)) {
        chip->core.lockup = "an exception frame cannot be stacked where SP points";
    }
    return number != 0;
}

static void handle_stop(struct chip *chip, enum cpu_stop why)
{
    if (why == CPU_RETURN) {
        chip->core.lockup = exceptions_return(&chip->core, cpu_return_value(chip->core.cpu));
    } else if (why == CPU_SVC) {
        exceptions_pend(&chip->core.exceptions, EXCEPTION_SVC);
        if (!exceptions_next(&chip->core)) {
            chip->core.lockup = "an SVC that cannot be taken escalates to HardFault";
        }
    } else if (why == CPU_WAIT && exceptions_take_event(&chip->core)) {
        return; // it goes on
    } else if (why == CPU_SLEEP || why == CPU_WAIT) {
        chip_fall_asleep(chip, why);
    }
}

// The core executes, or sleeps. False: a fault.
static bool go_on(struct chip *chip)
{
    enum cpu_stop why;

    if (chip->sleeping) {
        chip_sleep_on(chip);
        return true;
    }
    chip_sprint(chip);
    why = cpu_run(chip->core.cpu);
    if (why != CPU_FAULT) {
        handle_stop(chip, why);
    }
    return why != CPU_FAULT;
}

bool chip_run(struct chip *chip)
{
    if (chip->idle) {
        chip->idle_polls = 0;
    }
    chip->paused = chip->idle = chip->asleep = false;
    chip->core.lockup = NULL;
    chip->watch_from =
        chip->sprints && chip->watch_calm ? chip->watch_calm(chip->watch_context) : 0;
    chip_stores_settle(chip);
    forget_changed_flash(chip); // before a reset took the place of what was left to be done
    exceptions_update(&chip->core.exceptions);
    for (;;) {
        if (!go_on(chip)) {
            return false;
        }
        if (chip->reset_wanted || chip->rom_fetched) {
            return true;
        }
        if (!chip->core.lockup && act_between(chip)) {
            continue;
        }
        if (chip->core.lockup || chip->paused || chip->idle_polls > IDLE_POLLS) {
            chip->idle |= chip->idle_polls > IDLE_POLLS;
            return !chip->core.lockup;
        }
    }
}

void chip_want_reset(struct chip *chip, enum reset_kind kind)
{
    chip->reset_wanted = true;
    chip->reset_kind = kind;
    cpu_stop(chip->core.cpu);
}

void chip_pause(struct chip *chip)
{
    chip->paused = true;
}

void chip_defer(struct chip *chip, bool (*work)(void *context), void *context)
{
    chip->deferred = work;
    chip->deferred_context = context;
}
