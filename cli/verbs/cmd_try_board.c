// cmd_try_board.c: `bootleap try-board`, tries an example on a board and prints what to report.
// SPDX-License-Identifier: MIT
#include "board_trial.h"
#include "connection_ports.h"
#include "device_name.h"
#include "disk.h"
#include "flash_command.h"
#include "image.h"
#include "json_value.h"
#include "shared_options.h"
#include "verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

// A folder stands for the ELF that its README.txt builds.
static int find_elf(const char *argument, char path[DISK_PATH_BYTES], struct problem *problem)
{
    bool folder = disk_kind(argument) == DISK_FOLDER;

    if (snprintf(path, DISK_PATH_BYTES, "%s%s", argument, folder ? "/build/example.elf" : "") >=
        DISK_PATH_BYTES) {
        return problem_set(problem, EXIT_USAGE, NULL, "%s: too long", argument);
    }
    if (folder && disk_kind(path) == DISK_NOTHING) {
        return problem_set(problem, EXIT_USAGE, "build the project first: make in its folder",
                           "%s: %s", path, strerror(errno));
    }
    return 0;
}

// The part that the program of this file was compiled for, with which it must not get into another
// chip: its registers and its unique id would be elsewhere.
static int find_part(const char *elf, char part[CHIP_LINE_WORD_BYTES], struct problem *problem)
{
    struct image image;
    bool found = false;

    int error = image_open(&image, elf, 0, problem);
    for (size_t i = 0; error == 0 && i < image.count && !found; i++) {
        found = chip_line_part_in(image.segments[i].bytes, image.segments[i].size, part);
    }
    if (error == 0 && !found) {
        error = problem_set(problem, EXIT_USAGE, "the folder that `bootleap example` wrote",
                            "%s: this is no program of `bootleap example`", elf);
    }
    image_close(&image);
    return error;
}

// The chip must be the one that the program is for, and that of --device if there is one.
static int choose_device(struct options *options, const char *part, struct problem *problem)
{
    const struct device *wanted = NULL;

    if (options->device == NULL) {
        options->device = part;
        return 0;
    }
    int error = device_name_find_option(options->device, "bootleap devices", &wanted, problem);
    if (error == 0 && wanted != device_find(part)) {
        error = problem_set(problem, EXIT_USAGE, "the example for this device",
                            "--device %s: the program is for %s", options->device, part);
    }
    return error;
}

static int refuse_usb(const char *port, struct problem *problem)
{
    if (!connection_is_usb(port)) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "the serial port of the USART: bootleap list",
                       "%s: try-board tries the system bootloader over a USART", port);
}

// What `bootleap flash` suggests is not what helps here.
static void explain(const struct flash_command *command, const char *part, const char *port,
                    struct problem *problem)
{
    const struct libbootleap_chip *chip =
        command->handle.chip ? libbootleap_chip(command->handle.chip) : NULL;
    char *const text = problem->try_this;

    if (problem->code == EXIT_NO_DEVICE && strncmp(problem->what, "open ", strlen("open ")) != 0) {
        snprintf(text, sizeof problem->try_this,
                 "keep BOOT0 high, press reset, let BOOT0 go low, then the same again; is %s the "
                 "port of the USART that the example was written for",
                 port);
    } else if (chip && (chip->device == NULL || strcmp(chip->device, part) != 0)) {
        snprintf(text, sizeof problem->try_this,
                 "another port, or the project that `bootleap example` writes for this chip");
    } else if (command->result.verified && !command->started) {
        snprintf(text, sizeof problem->try_this,
                 "reset the board with BOOT0 low, then the same again, or with a longer "
                 "--start-wait");
    }
}

// Puts the program into the chip and starts it; its first line goes into the report.
static int flash(struct board_trial *trial, const char *elf, struct problem *problem)
{
    struct options options = *trial->options;
    struct flash_command command;
    char part[CHIP_LINE_WORD_BYTES];

    int error = find_part(elf, part, problem);
    if (error == 0) {
        error = choose_device(&options, part, problem);
    }
    if (error) {
        return error;
    }
    options.arguments[0] = elf;
    options.arguments[1] = trial->port;
    options.argument_count = 2;
    options.expect = CHIP_LINE_BEGIN;
    error = flash_command_run(&command, &options, problem);
    if (error == 0 && !chip_line_parse(command.line, &trial->report.chip)) {
        error = problem_set(problem, EXIT_USAGE, "an ELF that `bootleap example` was written for",
                            "%s: it prints \"%s\"", elf, command.line);
    }
    if (error) {
        explain(&command, part, trial->port, problem);
    } else {
        const struct libbootleap_chip *chip = libbootleap_chip(command.handle.chip);
        trial->report.device = device_find(chip->device);
        trial->report.rom_id = chip->rom_id;
    }
    if (error == 0 && !options.json) {
        flash_report_text(&command);
    }
    flash_command_close(&command);
    return error;
}

static void print_report(const struct trial_report *report)
{
    char line[TRIAL_LINE_BYTES];

    trial_report_line(report, BOOTLEAP_VERSION, line);
    printf("%s\n", line);
    switch (chip_line_kind(&report->chip)) {
    case CHIP_BOARD:
        printf("%s\n", trial_report_port_failed(report)
                           ? "The port failed, which says nothing about the chip: run it again."
                           : "Report this line in an issue of the project; CONTRIBUTING.md says "
                             "how.");
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
    char elf[DISK_PATH_BYTES];

    int error = refuse_usb(trial.port, problem);
    if (error == 0) {
        error = find_elf(options->arguments[1], elf, problem);
    }
    if (error == 0) {
        error = flash(&trial, elf, problem);
    }
    if (error) {
        return error;
    }
    progress_start(&progress, "try-board");
    error = board_trial_run(&trial, problem);
    if (options->json) {
        json_value_add(options->report, trial_report_json(&trial.report, BOOTLEAP_VERSION));
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
    {.name = "start-wait",
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
