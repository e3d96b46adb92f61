// main.c: bootleap-sim, the virtual STM32 that judges firmware.
// SPDX-License-Identifier: MIT
#include "attachments.h"
#include "matrix_report.h"
#include "report.h"
#include "run.h"
#include "run_setup.h"
#include "run_usb.h"
#include "runnable.h"
#include "summary.h"
#include "verdict.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM "bootleap-sim"

static const char help[] =
    "usage: bootleap-sim VERB ...\n"
    "\n"
    "  run       run firmware on a virtual STM32 and judge how it enters the ROM\n"
    "  matrix    run every device in every scenario, and print what came of it\n"
    "  devices   list the chips that it can be\n"
    "\n"
    "`bootleap-sim VERB --help` says more.\n";

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

static int run_verb(int argc, char **argv, struct problem *problem)
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

static int matrix_verb(int argc, char **argv, struct problem *problem)
{
    struct matrix matrix;
    int error = matrix_parse(&matrix, argc, argv, problem);

    if (!error) {
        error = matrix_run(&matrix, problem);
    }
    if (!error) {
        matrix_print(&matrix, stdout);
        error = matrix_total(&matrix).failed ? EXIT_FINDINGS : EXIT_DONE;
        problem->what[0] = '\0'; // told in the table
    }
    matrix_close(&matrix);
    return error;
}

static void devices_help(FILE *file)
{
    fputs("usage: bootleap-sim devices\n"
          "\n"
          "One line a device: its slug, its name in AN2606, and its CMSIS macros, or why it cannot "
          "be\n"
          "run. The slug and each macro is a NAME for --device.\n",
          file);
}

static int devices_verb(int argc, char **argv, struct problem *problem)
{
    unsigned count = 0;

    if (argc > 1) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` alone, it lists all",
                           "%s: this verb takes nothing", argv[1]);
    }
    for (size_t i = 0; i < device_count; i++) {
        const char *why_not = runnable_why_not(&devices[i]);
        count += why_not == NULL;
        printf("%-10s %-32s", devices[i].slug, devices[i].name);
        if (why_not) {
            printf(" not run: %s\n", why_not);
            continue;
        }
        for (const char *const *part = devices[i].parts; *part; part++) {
            printf(" %s", *part);
        }
        printf("\n");
    }
    printf("%u of %zu devices can be run\n", count, device_count);
    return EXIT_DONE;
}

static const struct {
    const char *name;
    void (*help)(FILE *file);
    int (*run)(int argc, char **argv, struct problem *problem);
} verbs[] = {
    {"run", scenario_help, run_verb},
    {"matrix", matrix_help, matrix_verb},
    {"devices", devices_help, devices_verb},
};

// Anywhere behind the verb, whatever else is there.
static bool is_help_wanted(int argc, char **argv)
{
    int i = 2;

    while (i < argc && strcmp(argv[i], "--help") != 0) {
        i++;
    }
    return i < argc;
}

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    struct problem problem = {0};

    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verb, verbs[i].name) != 0) {
            continue;
        }
        if (is_help_wanted(argc, argv)) {
            verbs[i].help(stdout);
            return EXIT_DONE;
        }
        int code = verbs[i].run(argc - 1, argv + 1, &problem);
        return code && problem.what[0] ? problem_print(&problem, PROGRAM, verb) : code;
    }
    if (argc < 2 || strcmp(verb, "--help") == 0) {
        fputs(help, argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    problem_set(&problem, EXIT_USAGE, "`bootleap-sim --help` lists them",
                "command line: there is no such verb");
    return problem_print(&problem, PROGRAM, verb);
}
