// extras.c: serves GDB, the listing and the line of progress beside a run.
// SPDX-License-Identifier: MIT
#include "extras.h"

#include "gdb.h"
#include "listing.h"
#include "run.h"

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
    run->extras.gdb = gdb_open(&run->chip, scenario->gdb_port, run->stop, problem);
    if (!run->extras.gdb) {
        return (int)problem->code;
    }
    run->rom.waiting = gdb_look_at_rom;
    run->rom.waiting_context = run->extras.gdb;
    fprintf(stderr, "gdb      waits for: gdb-multiarch %s -ex 'target remote 127.0.0.1:%u'\n",
            scenario->elf ? scenario->elf : "", gdb_port(run->extras.gdb));
    return 0;
}

static int open_listing(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    const struct symbol *entry;

    if (!scenario->trace) {
        return 0;
    }
    entry = scenario->elf ? image_symbol(&run->image, scenario->entry) : NULL;
    if (!entry) {
        return problem_set(problem, EXIT_USAGE, "name the function with --entry",
                           "the ELF has no symbol %s, with whose call --trace begins",
                           scenario->entry);
    }
    run->extras.listing =
        listing_open(&run->chip, scenario->trace, scenario->entry, entry->address, problem);
    return run->extras.listing ? 0 : (int)problem->code;
}

int extras_open(struct run *run, struct problem *problem)
{
    int error = open_gdb(run, problem);

    if (!error) {
        error = open_listing(run, problem);
    }
    if (error) {
        gdb_close(run->extras.gdb, error);
        run->extras.gdb = NULL;
    }
    run->extras.progress = isatty(STDERR_FILENO) && !run->extras.gdb;
    run->extras.started = run->extras.shown = now();
    return error;
}

// Once a second, unless the application only waits.
static void show_progress(struct run *run)
{
    struct extras *extras = &run->extras;
    time_t second = extras->progress ? now() : 0;

    if (!extras->progress || second == extras->shown || run->chip.idle) {
        return;
    }
    extras->shown = second;
    fprintf(stderr, "\r%.1f million instructions", (double)run->chip.instructions / 1e6);
    if (run->scenario->limit) {
        fprintf(stderr, " of %.1f", (double)run->scenario->limit / 1e6);
    }
    fprintf(stderr, ", %u resets, %zu handoffs\033[K", run->resets,
            json_array_size(run->journal.handoffs));
}

bool extras_run(struct run *run)
{
    bool alive;

    gdb_wait(run->extras.gdb);
    do {
        alive = chip_run(&run->chip);
        listing_look(run->extras.listing);
        show_progress(run);
    } while (gdb_look(run->extras.gdb, alive));
    return alive;
}

bool extras_ended(const struct run *run)
{
    return gdb_has_killed(run->extras.gdb);
}

void extras_finish(struct run *run)
{
    if (run->extras.progress && run->extras.shown != run->extras.started) {
        fprintf(stderr, "\r\033[K");
    }
}

int extras_close(struct run *run, int exit_code, struct problem *problem)
{
    bool written = listing_close(run->extras.listing);

    gdb_close(run->extras.gdb, written ? exit_code : EXIT_FAILED);
    run->extras = (struct extras){0};
    return written ? 0
                   : problem_set(problem, EXIT_FAILED, NULL, "cannot write all of --trace to %s",
                                 run->scenario->trace);
}
