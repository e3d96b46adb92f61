// cmd_reset.c: `bootleap reset`, has the chip reset itself.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "handle.h"
#include "json_value.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>

static int reset(const struct options *options, struct handle *handle,
                 char line[LIBBOOTLEAP_LINE_BYTES], struct problem *problem)
{
    const struct libbootleap_start_settings settings = {
        .wait_ms = options->expect ? options->wait_ms : 0, .expect = options->expect};
    struct libbootleap_problem own;

    int error = handle_enter(handle, problem);
    if (error) {
        return error;
    }
    return libbootleap_reset(handle->chip, &settings, line, &own) ? handle_problem(&own, problem)
                                                                  : 0;
}

static int run(const struct options *options, struct problem *problem)
{
    char line[LIBBOOTLEAP_LINE_BYTES] = "";
    struct handle handle;

    int error = handle_open(&handle, "reset", options, 0, problem);
    if (error == 0) {
        error = reset(options, &handle, line, problem);
    }
    const struct libbootleap_chip *chip = handle.chip ? libbootleap_chip(handle.chip) : NULL;
    if (options->json) {
        json_object_set_new(options->report, "application_output", json_value_text(line));
        if (chip) {
            chip_report_identity(options->report, chip);
        }
    } else if (error == 0 && !options->quiet) {
        printf("reset; BOOT0 and the option bytes say what runs now\n");
    }
    if (!options->json && error == 0 && line[0]) {
        printf("application started: %s\n", line);
    }
    handle_close(&handle);
    return error;
}

static const struct option_row rows[] = {
    {.name = "expect",
     .argument = "TEXT",
     .parse = option_text,
     .help = "the application must print a line with this text",
     .place = OPTIONS_PLACE(const char *, expect)},
    {.name = "start-wait",
     .argument = "MS",
     .parse = option_unsigned,
     .help = "for this line, 5000 if not given",
     .place = OPTIONS_PLACE(unsigned, wait_ms),
     .least = 1,
     .most = OPTIONS_MOST_NUMBER},
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "refuse every other chip",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {NULL, rows},
    {"How the application is asked to enter:", options_application},
    {"The line to the ROM:", options_line},
    {NULL, options_recover},
    {NULL, options_json},
    {NULL, options_quiet}};

const struct verb cmd_reset = {
    .table = {.program = "bootleap",
              .verb = "reset",
              .summary = "have the chip reset itself, by code that the ROM starts in RAM",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "A ROM has no command for a reset. 32 bytes of code go into RAM that the ROM "
                  "does not use, and the ROM starts them: they set SYSRESETREQ. Flash stays as it "
                  "is. What runs then is what BOOT0 and the option bytes say. Over USB the ROM "
                  "starts no code in RAM: `bootleap go` starts the application there.\n",
              .end = "Examples:\n"
                     "  bootleap reset /dev/ttyUSB0\n"
                     "  bootleap reset /dev/ttyUSB0 --expect ready\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
