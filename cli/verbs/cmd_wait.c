// cmd_wait.c: `bootleap wait`, until a ROM answers.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "handle.h"
#include "json_value.h"
#include "plain_text.h"
#include "rom_version_text.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>

static void print(const struct libbootleap_chip *chip)
{
    char name[CHIP_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES];

    printf("ROM %s of %s answers on ", rom_version_text(chip->rom_id, version),
           chip_report_name(chip, name));
    plain_text_print(stdout, chip->port);
    putchar('\n');
}

static int run(const struct options *options, struct problem *problem)
{
    struct options waiting = *options;
    struct handle handle;

    if (waiting.board_ms == 0) {
        waiting.board_ms = OPTIONS_BOARD_S * 1000;
    }
    int error = handle_open(&handle, "wait", &waiting, 0, problem);
    if (error == 0) {
        error = handle_find(&handle, problem);
    }
    const struct libbootleap_chip *chip = error ? NULL : libbootleap_chip(handle.chip);
    if (chip && options->json) {
        chip_report_identity(options->report, chip);
    } else if (chip && !options->quiet) {
        print(chip);
    }
    handle_close(&handle);
    return error;
}

static const struct option_row rows[] = {
    {.name = "limit",
     .argument = "SECONDS",
     .parse = option_set_board_seconds,
     .help = "give up after so long, 60 if not given"},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {NULL, rows}, {NULL, options_line}, {NULL, options_json}, {NULL, options_quiet}};

const struct verb cmd_wait = {
    .table = {.program = "bootleap",
              .verb = "wait",
              .summary = "wait until a ROM answers: for the board whose button you press now",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "Looks ten times a second for a system bootloader (ST's ROM), and prints the "
                  "port where one answers. The port need not exist yet. Nobody asks the "
                  "application: press its buttons, or start its ROM by BOOT0 and a reset.\n"
                  "\n"
                  "PORT is a serial port, or a place on USB, as for `bootleap info`. Without PORT: "
                  "the only STM32 ROM on USB. The exit code is 3 if none has come in time.\n",
              .end = "Examples:\n"
                     "  bootleap wait\n"
                     "  bootleap wait /dev/ttyUSB0 --limit 600\n"
                     "  bootleap wait --json | jq -r .port\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
