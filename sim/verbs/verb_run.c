// verb_run.c: `bootleap-sim run`: runs firmware, prints and writes what came of it.
// SPDX-License-Identifier: MIT
#include "sim_verbs.h"

#include "attachments.h"
#include "report.h"
#include "run.h"
#include "run_setup.h"
#include "run_usb.h"
#include "summary.h"
#include "verdict.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

// The one thing that a signal handler may touch.
static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static int save_flash(struct run *run, struct problem *problem)
{
    const struct region *flash = &run->chip.device->flash;

    chip_swap_banks(&run->chip, 0);
    bool written = !run->flash || (fwrite(memory_at(&run->chip.memory, flash->start, flash->size),
                                          1, flash->size, run->flash) == flash->size &&
                                   fflush(run->flash) == 0);

    return written ? 0
                   : problem_set(problem, EXIT_FAILED, "is the disk full?",
                                 "--flash %s: cannot write it: %s", run->scenario->flash,
                                 strerror(errno));
}

// What was written to --events and to stdout, which a script may rely on.
static int check_written(const struct run *run, struct problem *problem)
{
    if (run->journal.events && (fflush(run->journal.events) || ferror(run->journal.events))) {
        return problem_set(problem, EXIT_FAILED, "is the disk full?",
                           "--events %s: not all of it could be written", run->scenario->events);
    }
    if (fflush(stdout) || ferror(stdout)) {
        return problem_set(problem, EXIT_FAILED, "is the disk full?",
                           "stdout: the report could not be written");
    }
    return 0;
}

static void introduce(const struct run *run)
{
    const char *hides;

    fprintf(stderr, "%s on a %s\n", run->chip.device->name,
            cpu_model(run->chip.device->core, &hides));
    for (size_t i = 0; i < run->terminal_count; i++) {
        fprintf(stderr, "%-8s %s\n", run->usarts[i], run->terminals[i].path);
    }
    run_usb_introduce(run, stderr);
    fprintf(stderr, "ends with Ctrl-C; or give --limit N, or --host end if nobody is to come\n");
}

static void print_result(struct run *run)
{
    json_t *summary = summary_pack(run);

    if (run->scenario->json) {
        json_dumpf(summary, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        putchar('\n');
    } else {
        report_print(summary, stdout);
    }
    json_decref(summary);
}

static int run_and_report(struct run *run, struct problem *problem)
{
    int error = run_scenario(run, problem);

    attachments_finish(run);
    if (!error) {
        print_result(run);
        error = save_flash(run, problem);
    }
    if (!error) {
        error = check_written(run, problem);
    }
    if (!error) {
        error = verdict_exit_code(run);
        problem->what[0] = '\0'; // told in the report
    }
    return error;
}

int verb_run(int argc, char **argv, struct problem *problem)
{
    struct scenario scenario;
    struct run run;
    int error = scenario_parse(&scenario, argc, argv, problem);

    if (!error) {
        error = run_open(&run, &scenario, &stop, problem);
    }
    if (error) {
        return error;
    }
    if (scenario.host == ROM_HOST_REAL) {
        introduce(&run);
    }
    catch_signals();
    error = attachments_open(&run, problem);
    if (!error) {
        error = run_empty_files(&run, problem);
    }
    if (!error) {
        error = run_and_report(&run, problem);
    }
    int unwritten = attachments_close(&run, error, problem);
    run_close(&run);
    return unwritten ? unwritten : error;
}
