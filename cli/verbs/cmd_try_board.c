// cmd_try_board.c: `bootleap try-board`, tries an example on a board and prints what to report.
// SPDX-License-Identifier: MIT
#include "board_trial.h"
#include "flash_job.h"
#include "json_value.h"
#include "shared_options.h"
#include "verb.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

// A folder stands for the ELF that its README.txt builds. False if the path is too long.
static bool elf_of(const char *argument, char path[PATH_MAX])
{
    struct stat info;
    bool folder = stat(argument, &info) == 0 && S_ISDIR(info.st_mode);

    return snprintf(path, PATH_MAX, "%s%s", argument, folder ? "/build/example.elf" : "") <
           PATH_MAX;
}

static void explain_no_device(const struct options *options, struct problem *problem)
{
    snprintf(problem->try_this, sizeof problem->try_this,
             "keep BOOT0 high, press reset, let BOOT0 go low, then the same again; is %s the port "
             "of the USART that the example was written for",
             options->arguments[0]);
}

// Puts the program into the chip and starts it; its first line goes into the report.
static int flash(struct board_trial *trial, const char *elf, struct problem *problem)
{
    struct options options = *trial->options;
    struct flash_job job = {.options = &options, .file = elf};

    options.arguments[0] = elf;
    options.arguments[1] = trial->port;
    options.argument_count = 2;
    options.expect = CHIP_LINE_BEGIN;
    int error = flash_job_run(&job, problem);
    trial->report.device = job.target.device;
    trial->report.rom_id = job.target.rom_id;
    if (error == 0 && !chip_line_parse(job.line, &trial->report.chip)) {
        error = problem_set(problem, EXIT_USAGE, "an ELF that `bootleap example` was written for",
                            "%s: it prints \"%s\"", elf, job.line);
    }
    if (error == EXIT_NO_DEVICE && job.connection.bootloader) {
        explain_no_device(trial->options, problem);
    }
    if (error == 0 && !options.json) {
        flash_report_text(&job);
    }
    flash_job_close(&job);
    return error;
}

static void print_report(const struct trial_report *report)
{
    char line[TRIAL_LINE_BYTES];

    trial_report_line(report, BOOTLEAP_VERSION, line);
    printf("%s\n", line);
    switch (chip_line_kind(&report->chip)) {
    case CHIP_BOARD:
        printf("Report this line in an issue of the project; CONTRIBUTING.md says how.\n");
        break;
    case CHIP_VIRTUAL:
        printf("This chip is virtual. It says nothing about silicon: do not report it.\n");
        break;
    case CHIP_UNKNOWN:
        printf("The unique id of this chip cannot be read, so nobody can tell a board from an "
               "emulator: say in an issue which chip it is.\n");
        break;
    }
}

static int run(const struct options *options, struct problem *problem)
{
    struct progress progress;
    struct board_trial trial = {
        .options = options, .port = options->arguments[0], .progress = &progress};
    char elf[PATH_MAX];

    if (!elf_of(options->arguments[1], elf)) {
        return problem_set(problem, EXIT_USAGE, NULL, "%s: too long", options->arguments[1]);
    }
    int error = flash(&trial, elf, problem);
    if (error) {
        return error;
    }
    progress_start(&progress, "try-board");
    error = board_trial_run(&trial, problem);
    if (options->json) {
        json_value_print(trial_report_json(&trial.report, BOOTLEAP_VERSION));
    } else {
        print_report(&trial.report);
    }
    return error;
}

static const struct option_row rows[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .place = OPTIONS_PLACE(const char *, device),
     .value = OPTION_DEVICE,
     .help = "refuse every other chip"},
    {.name = "wait",
     .argument = "MS",
     .parse = option_unsigned,
     .place = OPTIONS_PLACE(unsigned, wait_ms),
     .least = 1,
     .most = OPTIONS_MOST_NUMBER,
     .help = "for the line that the program prints when it starts, 5000 if not given"},
    {.name = NULL},
};
static const struct option_group groups[] = {
    {NULL, rows}, {NULL, options_line}, {NULL, options_json}};

const struct verb cmd_try_board = {
    .table = {.program = "bootleap",
              .verb = "try-board",
              .summary = "try an example on a board, and print a line to report",
              .operands = "PORT ELF",
              .values = {OPTION_PORT, OPTION_FILE},
              .description =
                  "Flashes the program of `bootleap example`, enters the system bootloader through "
                  "a reset and without one, and starts the program again after each. ELF is its "
                  "ELF file, or the folder of the project. At the end it prints one line: what "
                  "this board did. That line is a report, unless the chip is virtual.\n"
                  "\n"
                  "If a program runs that does not know the character b, start the system "
                  "bootloader by BOOT0 first. Let BOOT0 go low then: else each reset starts it "
                  "again.\n",
              .end = "Examples:\n"
                     "  bootleap try-board /dev/ttyUSB0 blackpill\n"
                     "  bootleap try-board /dev/ttyUSB0 blackpill/build/example.elf\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 2,
    .most = 2,
    .run = run,
};
