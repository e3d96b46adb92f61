// cmd_go.c: `bootleap go`, has the ROM start what is in flash.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "handle.h"
#include "json_value.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>

static int start(struct handle *handle, struct libbootleap_start_settings *settings,
                 struct problem *problem)
{
    char line[LIBBOOTLEAP_LINE_BYTES];
    struct libbootleap_problem own;

    int error = handle_find(handle, problem);
    if (error) {
        return error;
    }
    return libbootleap_start(handle->chip, settings, line, &own) ? handle_problem(&own, problem)
                                                                 : 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct libbootleap_start_settings settings = {.has_address = options->argument_count == 2};
    struct options starting = *options;
    struct handle handle = {.chip = NULL};

    int error = settings.has_address
                    ? options_address(options->arguments[1], &settings.address, problem)
                    : 0;
    if (error == 0) {
        starting.no_go = settings.has_address; // a reset would start what is at the start of flash
        error = handle_open(&handle, "go", &starting, 0, problem);
    }
    if (error == 0) {
        error = start(&handle, &settings, problem);
    }
    if (error == 0) {
        const struct libbootleap_chip *chip = libbootleap_chip(handle.chip);
        if (options->json) {
            json_object_set_new(options->report, "started_at", json_value_hex(chip->started_at, 8));
            chip_report_identity(options->report, chip);
        } else if (!options->quiet) {
            printf("started at 0x%08X\n", chip->started_at);
        }
    }
    handle_close(&handle);
    return error;
}

static const struct option_group groups[] = {
    {NULL, options_line}, {NULL, options_recover}, {NULL, options_json}, {NULL, options_quiet}};

const struct verb cmd_go = {
    .table = {.program = "bootleap",
              .verb = "go",
              .summary = "start the application from the ROM",
              .operands = "[PORT [ADDRESS]]",
              .values = {OPTION_PORT},
              .description =
                  "ADDRESS is that of a vector table, not of a function: the ROM loads the stack "
                  "pointer from its first word and jumps to its second one. Without ADDRESS: the "
                  "start of flash. Without PORT: the only STM32 ROM on USB.\n"
                  "\n"
                  "The ROM only says that it jumps. It cannot say whether the application runs.\n",
              .end = "Examples:\n"
                     "  bootleap go /dev/ttyACM0\n"
                     "  bootleap go /dev/ttyACM0 0x08010000\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 2,
    .run = run,
};
