// attachments.c: serves GDB, the trace and the line of progress beside a run.
// SPDX-License-Identifier: MIT
#include "attachments.h"

#include "gdb.h"
#include "image_symbols.h"
#include "instruction_trace.h"
#include "register_trace.h"

#include <stdio.h>
#include <unistd.h>

static time_t now(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static int open_gdb(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;

    if (!scenario->has_gdb) {
        return 0;
    }
    run->attachments.gdb = gdb_open(&run->chip, scenario->gdb_port, run->stop, problem);
    if (!run->attachments.gdb) {
        return (int)problem->code;
    }
    run->rom.waiting = gdb_look_at_rom;
    run->rom.waiting_context = run->attachments.gdb;
    fprintf(stderr, "gdb      waits for: gdb-multiarch %s -ex 'target remote 127.0.0.1:%u'\n",
            scenario->elf ? scenario->elf : "", gdb_port(run->attachments.gdb));
    return 0;
}

static int open_trace(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    const struct symbol *entry;

    if (!scenario->trace) {
        return 0;
    }
    entry = scenario->elf ? image_symbol(&run->image, scenario->entry) : NULL;
    if (!entry) {
        return problem_set(problem, EXIT_USAGE, "name the function with --entry",
                           "--trace %s: the ELF has no symbol %s, with whose call it begins",
                           scenario->trace, scenario->entry);
    }
    run->attachments.instruction_trace =
        instruction_trace_open(&run->chip, run->trace, scenario->entry, entry->address, problem);
    return run->attachments.instruction_trace ? 0 : (int)problem->code;
}

static int open_register_trace(struct run *run, struct problem *problem)
{
    if (!run->register_trace) {
        return 0;
    }
    run->attachments.register_trace = register_trace_open(&run->chip, run->register_trace, problem);
    return run->attachments.register_trace ? 0 : (int)problem->code;
}

// Who is at fault, and where that is in the code.
static int open_blame(struct run *run, struct problem *problem)
{
    run->blame = blame_open(&run->judge);
    run->places = places_open(run->scenario->elf ? &run->image : NULL, run->scenario->elf);
    return run->blame && run->places ? 0 : problem_set(problem, EXIT_FAILED, NULL, "out of memory");
}

int attachments_open(struct run *run, struct problem *problem)
{
    int error = open_gdb(run, problem);

    if (!error) {
        error = open_trace(run, problem);
    }
    if (!error) {
        error = open_register_trace(run, problem);
    }
    if (error) {
        gdb_close(run->attachments.gdb, error);
        run->attachments.gdb = NULL;
    }
    if (!error) {
        error = open_blame(run, problem);
    }
    run->attachments.progress = isatty(STDERR_FILENO) && !run->attachments.gdb;
    run->attachments.started = run->attachments.shown = now();
    return error;
}

// Once a second, unless the application only waits.
static void show_progress(struct run *run)
{
    struct attachments *attachments = &run->attachments;
    time_t second = attachments->progress ? now() : 0;
    char place[IMAGE_NAME_ROOM];

    if (!attachments->progress || second == attachments->shown || run->chip.idle) {
        return;
    }
    attachments->shown = second;
    fprintf(stderr, "\r%.1f", (double)run->chip.core.instructions / 1e6);
    if (run->scenario->limit) {
        fprintf(stderr, " of %.1f", (double)run->scenario->limit / 1e6);
    }
    image_place(&run->image, cpu_get(run->chip.core.cpu, CPU_PC), place);
    fprintf(stderr,
            " million instructions, %.0f ms of the chip's time, in %s; %u resets, %zu "
            "handoffs\033[K",
            (double)system_clock_ns(&run->chip) / 1e6, place, run->resets,
            json_array_size(run->journal.handoffs));
}

bool attachments_run(struct run *run)
{
    bool alive;

    gdb_wait(run->attachments.gdb);
    do {
        alive = chip_run(&run->chip);
        instruction_trace_look(run->attachments.instruction_trace);
        show_progress(run);
    } while (gdb_look(run->attachments.gdb, alive));
    return alive;
}

bool attachments_ended(const struct run *run)
{
    return gdb_has_killed(run->attachments.gdb);
}

void attachments_finish(struct run *run)
{
    if (run->attachments.progress && run->attachments.shown != run->attachments.started) {
        fprintf(stderr, "\r\033[K");
    }
}

int attachments_close(struct run *run, int exit_code, struct problem *problem)
{
    bool instructions = instruction_trace_close(run->attachments.instruction_trace);
    bool registers = register_trace_close(run->attachments.register_trace);

    gdb_close(run->attachments.gdb, instructions && registers ? exit_code : EXIT_FAILED);
    run->attachments = (struct attachments){0};
    return instructions && registers
               ? 0
               : problem_set(problem, EXIT_FAILED, "is the disk full?",
                             "%s: not all of it could be written",
                             instructions ? run->scenario->register_trace : run->scenario->trace);
}
