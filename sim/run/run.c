// run.c: the main loop: resets, the application, handoffs, the ROM, the way back.
// SPDX-License-Identifier: MIT
#include "run.h"

#include "attachments.h"
#include "behaviour.h"
#include "entry.h"
#include "handoff.h"
#include "lookout.h"
#include "outside.h"
#include "run_setup.h"
#include "run_time.h"
#include "run_usb.h"
#include "settled.h"
#include "system_init.h"
#include "system_memory.h"
#include "verdict.h"
#include "wrong_table.h"

#include <stdio.h>

enum {
    LOOP = 100,         // resets in a row, without the application ever running, are a loop
    MOST_RECORDS = 500, // handoffs of one run: each is kept, with what is said of it
    WAIT_MS = 5,
    // Who asks between two delays only does not look as if they waited: then somebody acts after so
    // many instructions since the reset.
    LATE = 20000000,
};

// What the main loop does next.
enum step { STEP_RESET, STEP_ROM, STEP_APPLICATION, STEP_END };

static enum step end_run(struct run *run, enum run_end end, const char *detail)
{
    run->end = end;
    snprintf(run->detail, sizeof run->detail, "%s", detail);
    return STEP_END;
}

// A jump by another chip's address for the ROM's table, or with bit 0 clear, ends before the ROM's
// first instruction: it is judged where it has got to.
static void judge_lost_jump(struct run *run, uint32_t pc)
{
    const char *why;

    run->judge.wrong_table = wrong_table_find(&run->chip);
    run->judge.left_thumb = memory_is_system(run->chip.device, pc);
    if (run->judge.wrong_table || run->judge.left_thumb) {
        run->chip.rom_pc = pc;
        handoff_judge(run, &why);
    }
}

static enum step end_fault(struct run *run)
{
    const struct cpu_fault *fault = cpu_fault(run->chip.core.cpu);

    if (run->in_application) {
        judge_lost_jump(run, fault->pc);
    }
    run->end = RUN_FAULT;
    if (run->chip.core.lockup) {
        snprintf(run->detail, sizeof run->detail, "%s (PC 0x%08X, SP 0x%08X)",
                 run->chip.core.lockup, (unsigned)cpu_get(run->chip.core.cpu, CPU_PC),
                 (unsigned)cpu_get(run->chip.core.cpu, CPU_SP));
    } else {
        snprintf(run->detail, sizeof run->detail, "%s, address 0x%08X, PC 0x%08X", fault->what,
                 (unsigned)fault->address, (unsigned)fault->pc);
    }
    return STEP_END;
}

// The application does not reset the chip any more that a ROM's Go has started it in, if it did.
static void note_ran_from_go(struct run *run)
{
    if (run->left_by_go) {
        run->ran_from_go = true;
        run->left_by_go = false;
        verdict_ran_from_go(run);
    }
}

// The application has got to where the run ends: it may be made to start once more before.
static enum step arrive(struct run *run)
{
    note_ran_from_go(run);
    run->watcher.arrived = false;
    if (run->power_cycles < run->scenario->power_cycles) {
        run->power_cycles++;
        run->short_runs = 0;
        chip_want_reset(&run->chip, RESET_POWER_ON);
        return STEP_RESET;
    }
    return end_run(run, RUN_ARRIVED, "the application got there");
}

static enum step end_refused(struct run *run)
{
    end_run(run, RUN_REFUSED, "");
    snprintf(run->detail, sizeof run->detail, "%s() returned %d", run->scenario->entry,
             (int)run->watcher.refusal);
    return STEP_END;
}

// The application starts from its table. Before it SystemInit() may have run, and a loader may have
// masked interrupts.
static void start_application(struct run *run)
{
    struct chip *chip = &run->chip;

    chip_start(chip, chip->device->flash.start);
    if (run->scenario->system_init) {
        system_init_run(chip);
    }
    if (run->scenario->masked_start) {
        cpu_set(chip->core.cpu, CPU_PRIMASK, 1);
    }
}

// Who starts after this reset, and with what on record.
static int reset(struct run *run, enum reset_kind kind, enum step *next, struct problem *problem)
{
    struct chip *chip = &run->chip;
    enum boot boot;
    int error;

    if (run->in_application) {
        run_time_look(run); // its clock goes away
    }
    chip->boot0 |= chip->boot0_raised || run->scenario->boot0_held;
    error = chip_reset(chip, kind, problem);
    boot = chip_boot(chip);

    if (error) {
        return error;
    }
    watcher_reset(&run->watcher);
    outside_reset(run, boot != BOOT_APPLICATION);
    run->reset_itself |= (run->typed || run->pressed) && kind == RESET_SOFTWARE;
    run->resets += kind != RESET_POWER_ON;
    verdict_start(run, kind, boot);
    run->left_by_go = false;
    chip->boot0 = false; // released: it is looked at while the chip comes out of reset only
    run->bank = boot == BOOT_ROM_BY_BFB2 ? behaviour_valid_bank(&run->rom) : 0;
    run->starts_bank = run->bank != 0;
    *next = STEP_ROM;
    if (boot == BOOT_APPLICATION) {
        start_application(run);
        *next = STEP_APPLICATION;
        if (chip_is_blank(chip)) {
            *next = end_run(run, RUN_FAULT,
                            "flash is blank, so the core locks up (--boot0 starts the ROM)");
        }
    }
    if (++run->short_runs > LOOP) {
        *next = end_run(run, RUN_RESET_LOOP, "the application never runs: reset after reset");
    }
    return 0;
}

static enum step hand_off(struct run *run)
{
    const char *why;
    enum outcome_kind acts = handoff_judge(run, &why);

    run_usb_leave(run);
    run_time_look(run);
    if (run->watcher.entered && !run->entry_instructions) {
        run->went_directly = run->judge.entry_requested;
        run->entry_instructions = run->chip.core.instructions - run->watcher.called_at;
    }
    run->handoffs++;
    run->watcher.calling = false; // it does not come back
    run->handoffs_after += run->watcher.reset_made;
    if (run->handoffs > run->most_handoffs) {
        run->most_handoffs = run->handoffs;
    }
    if (json_array_size(run->journal.handoffs) >= MOST_RECORDS) {
        return end_run(run, RUN_RESET_LOOP,
                       "the ROM was entered so often that nothing new is to be expected");
    }
    if (acts == OUTCOME_RESET) {
        rom_start(&run->rom);
        chip_want_reset(&run->chip, RESET_SOFTWARE);
        return STEP_RESET;
    }
    if (acts == OUTCOME_RETURNED) {
        run->returned++;
        run->starts_bank = true;
        return STEP_ROM;
    }
    return acts == OUTCOME_SERVED ? STEP_ROM : end_run(run, RUN_NOT_SERVED, why);
}

// Options have the ROM start a bank at each reset. It looks for one before it sets up anything
// (AN2606 Rev 70, the figures on dual-bank boot), so only its trace and its RAM show.
static int run_bank(struct run *run, enum step *next, struct problem *problem)
{
    run->starts_bank = false;
    *next = STEP_APPLICATION;
    return rom_start_bank(&run->rom, run->bank, problem);
}

static int go(struct run *run, uint32_t table, struct problem *problem)
{
    run->left_by_go = true;
    run->left_at = run->chip.core.instructions;
    run->left_vtor = run->chip.core.exceptions.vtor;
    running_begin(&run->watcher.running);
    if (run->scenario->rom_interrupt) {
        run->watcher.interrupt_at = run->left_at + run->scenario->rom_interrupt;
    }
    return rom_go(&run->rom, table, problem);
}

// Option bytes have started the ROM, and power goes and comes before its host's first act.
static bool power_goes(struct run *run)
{
    if (chip_boot(&run->chip) != BOOT_ROM_BY_OPTION_BYTES ||
        run->power_cycles == run->scenario->power_cycles) {
        return false;
    }
    run->power_cycles++;
    rom_start(&run->rom);
    chip_want_reset(&run->chip, RESET_POWER_ON);
    return true;
}

static int run_rom(struct run *run, enum step *next, struct problem *problem)
{
    uint32_t table = 0;
    enum rom_end end;

    if (run->starts_bank) {
        return run_bank(run, next, problem);
    }
    *next = STEP_RESET;
    if (power_goes(run)) {
        return 0;
    }
    if (run->scenario->host == ROM_HOST_GO && run->scenario->elf &&
        chip_is_blank(&run->chip)) { // the host's first act
        int error = run_load_flash(run, problem);
        if (error) {
            return error;
        }
    }
    run->chip.boot0_raised = false; // whoever held it has got what they wanted
    end = rom_run(&run->rom, run->scenario->host, &table);
    run->rom_ran = true;
    run->calls_before = json_array_size(run->journal.calls);
    switch (end) {
    case ROM_GO:
        *next = STEP_APPLICATION;
        return go(run, table, problem);
    case ROM_RESET:
        return 0;
    case ROM_DEAF:
    case ROM_REFUSED:
        *next = end_run(run, end == ROM_DEAF ? RUN_NOT_SERVED : RUN_SERVED, run->rom.why);
        return 0;
    default:
        *next = run->scenario->host == ROM_HOST_END
                    ? end_run(run, RUN_SERVED, "the ROM waits for its host")
                    : end_run(run, RUN_STOPPED, "interrupted while the ROM ran");
        return 0;
    }
}

// Takes note once the application runs: it is neither on its way into the ROM nor on its way back.
static void note_running(struct run *run)
{
    if (running_now(&run->watcher.running)) {
        note_ran_from_go(run);
        run->short_runs = 0;
        run->handoffs = 0;
    }
}

// From when on there is something to do for this loop although nothing happens in the chip.
static uint64_t next_look(const struct run *run)
{
    bool runs = run->watcher.running.is_so;
    uint64_t running = runs ? EVENT_NEVER : running_from(&run->watcher.running);
    uint64_t end = settled_or_limit(run), look = lookout_next(run);
    uint64_t next = running < end ? running : end;

    if (outside_has_more(run)) {
        return run->chip.core.instructions;
    }
    return look < next ? look : next;
}

// Whether the run is over although nothing ended it from inside the chip: run->end then says why.
static bool is_over(struct run *run)
{
    const struct chip *chip = &run->chip;

    if (*run->stop || attachments_ended(run)) {
        end_run(run, RUN_STOPPED, "interrupted while the application ran");
        return true;
    }
    if (run->scenario->limit && chip->core.instructions >= run->scenario->limit) {
        end_run(run, RUN_LIMIT, "the limit of instructions was reached");
        return true;
    }
    if (chip->core.instructions >= settled_end(run)) {
        end_run(run, RUN_DONE, run->settled);
        return true;
    }
    return false;
}

// Where the application waits: types or presses, or waits with it. True if it waits for ever.
static bool wait(struct run *run)
{
    bool still = lookout_after(run);
    bool late = run->chip.since_reset > LATE;
    bool acted = outside_act(run, still, late);

    if (run->chip.idle && !acted && !still && !run->scenario->limit) {
        outside_wait(run, WAIT_MS);
    }
    bool timed = run->scenario->limit || watcher_has_plans(&run->watcher);
    if (run->chip.asleep && !acted && !still && timed) {
        run->chip.sleeping = false; // or the time that the scenario waits for would never come
    }
    if (acted) {
        lookout_start_again(run);
    }
    return still && !acted;
}

static enum step run_application(struct run *run)
{
    struct chip *chip = &run->chip;

    for (;;) {
        lookout_before(run);
        chip->sprint_look = next_look(run);
        bool alive = attachments_run(run);
        note_running(run);
        settled_look(run);
        if (!alive) {
            return end_fault(run);
        }
        if (chip->rom_fetched) {
            return hand_off(run);
        }
        if (chip->reset_wanted) {
            return STEP_RESET;
        }
        if (is_over(run)) {
            return STEP_END;
        }
        if (run->watcher.refused) {
            return end_refused(run);
        }
        if (run->watcher.arrived) {
            return arrive(run);
        }
        if (!entry_make(run) && wait(run)) {
            note_ran_from_go(run);
            return end_run(run, RUN_STANDSTILL, "nothing can happen any more");
        }
    }
}

int run_scenario(struct run *run, struct problem *problem)
{
    enum step next = STEP_RESET;
    int error = 0;

    run->chip.reset_kind = RESET_POWER_ON;
    while (next != STEP_END && !error) {
        switch (next) {
        case STEP_RESET:
            error = reset(run, run->chip.reset_kind, &next, problem);
            break;
        case STEP_ROM:
            run->in_application = false;
            error = run_rom(run, &next, problem);
            break;
        default:
            run->in_application = true;
            next = run_application(run);
        }
    }
    if (!error) {
        lookout_end(run);
    }
    return error;
}
