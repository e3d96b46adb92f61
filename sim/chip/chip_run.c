// chip_run.c: lets the core run, and settles what happens between two instructions.
// SPDX-License-Identifier: MIT
#include "chip.h"
#include "dma.h"

#include <string.h>

// A program that only asks whether there is something to do gets a rest after this many times.
// And the main loop gets to look around at least every SLICE instructions.
enum { IDLE_POLLS = 256, SLICE = 4096, ROM_HANDLER_STACK = 128 };

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

// When a watchdog resets the chip; UINT64_MAX while none runs.
static uint64_t next_bite(const struct chip *chip)
{
    return earlier(chip->iwdg_deadline ? chip->iwdg_deadline : UINT64_MAX,
                   chip->wwdg_deadline ? chip->wwdg_deadline : UINT64_MAX);
}

// What happens by time alone: watchdogs, SysTick, DMA, the main loop's look.
static void let_time_pass(struct chip *chip)
{
    uint64_t now = chip->instructions;
    uint64_t bite = next_bite(chip);

    if (now >= bite) {
        chip->reset_wanted = true;
        chip->reset_kind = RESET_WATCHDOG;
    }
    if (now >= chip->exceptions.systick_next) {
        exceptions_tick(chip);
    }
    if (now >= chip->dma_next) {
        dma_step(chip);
    }
    if (now >= chip->next_look) {
        chip->next_look = now + SLICE;
        chip->paused = true;
    }
    chip->next_event = earlier(bite, earlier(chip->dma_next, chip->next_look));
    chip->next_event = earlier(chip->next_event, chip->exceptions.systick_next);
}

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

void chip_instruction(struct chip *chip, uint32_t pc)
{
    const struct exceptions *exceptions = &chip->exceptions;

    if (pc - chip->device->flash.start >= chip->device->flash.size) {
        note_fetch(chip, pc);
    }
    if (chip->instructions >= chip->next_event) {
        let_time_pass(chip);
    }
    if (chip->rom_fetched || chip->reset_wanted || chip->paused || chip->alias_changed ||
        chip->flash_erase.wanted || chip->idle_polls > IDLE_POLLS ||
        (exceptions->any_pending && exceptions_next(chip))) {
        cpu_stop(chip->cpu);
        return;
    }
    if (chip->observer_count && observers_stop(chip, pc)) {
        chip->paused = true;
        cpu_stop(chip->cpu);
        return;
    }
    chip->instructions++;
    chip->since_reset++;
    if (chip->watch) {
        chip->watch(chip->watch_context, pc);
        if (chip->paused) {
            cpu_stop(chip->cpu);
        }
    }
}

// Asleep: time goes on to the next thing that can happen.
static void sleep_on(struct chip *chip)
{
    uint64_t next = earlier(chip->exceptions.systick_next, next_bite(chip));

    if (next == UINT64_MAX) {
        chip->paused = chip->idle = true; // only the outside can wake it
    } else if (next > chip->instructions) {
        chip->instructions = next;
    }
}

// The ROM's handler: it uses the stack as it finds it, and the ROM's RAM as if it were still its
// own, and comes back. Its line stays quiet then.
static void run_rom_handler(struct chip *chip, unsigned number)
{
    uint8_t *below = memory_ram_at(&chip->memory, cpu_get(chip->cpu, CPU_SP) - ROM_HANDLER_STACK,
                                   ROM_HANDLER_STACK);

    exceptions_drop(&chip->exceptions, number);
    chip->exceptions.taken_by_rom++;
    if (below) {
        memset(below, MEMORY_OF_ROM, ROM_HANDLER_STACK);
    }
    memory_use_by_rom(&chip->memory, chip->device);
}

// What can be settled without the caller: an erased page, a new alias at 0, an exception.
static bool settle(struct chip *chip)
{
    struct problem problem;
    unsigned number;

    if (chip->flash_erase.wanted) {
        return flash_erase_do(chip);
    }
    if (chip->alias_changed) {
        chip->alias_changed = false;
        if (chip->alias_mapped == chip->alias_is_rom) {
            return true;
        }
        chip->alias_mapped = chip->alias_is_rom;
        if (memory_realias(&chip->memory, chip->device, chip->cpu, chip->alias_is_rom, &problem)) {
            chip->lockup = "the alias at 0 cannot be mapped";
        }
        return true;
    }
    number = exceptions_next(chip);
    if (number && memory_is_system(chip->device, exceptions_handler(chip, number))) {
        run_rom_handler(chip, number);
    } else if (number && !exceptions_enter(chip, number)) {
        chip->lockup = "an exception frame cannot be stacked where SP points";
    }
    return number != 0;
}

static void handle_stop(struct chip *chip, enum cpu_stop why)
{
    if (why == CPU_RETURN) {
        chip->lockup = exceptions_return(chip, cpu_return_value(chip->cpu));
    } else if (why == CPU_SVC) {
        exceptions_pend(&chip->exceptions, EXCEPTION_SVC);
        if (!exceptions_next(chip)) {
            chip->lockup = "an SVC that cannot be taken escalates to HardFault";
        }
    } else if (why == CPU_SLEEP && !exceptions_wake(chip)) {
        sleep_on(chip);
    }
}

bool chip_run(struct chip *chip)
{
    if (chip->idle) {
        chip->idle_polls = 0;
    }
    chip->paused = chip->idle = false;
    chip->lockup = NULL;
    chip->next_event = 0; // the caller may have changed anything
    exceptions_update(&chip->exceptions);
    for (;;) {
        enum cpu_stop why = cpu_run(chip->cpu);
        if (why == CPU_FAULT) {
            return false;
        }
        handle_stop(chip, why);
        if (chip->reset_wanted || chip->rom_fetched) {
            return true;
        }
        if (!chip->lockup && settle(chip)) {
            continue;
        }
        if (chip->lockup || chip->paused || chip->idle_polls > IDLE_POLLS) {
            chip->idle |= chip->idle_polls > IDLE_POLLS;
            return !chip->lockup;
        }
    }
}

void chip_want_reset(struct chip *chip, enum reset_kind kind)
{
    chip->reset_wanted = true;
    chip->reset_kind = kind;
    cpu_stop(chip->cpu);
}

void chip_pause(struct chip *chip)
{
    chip->paused = true;
}
