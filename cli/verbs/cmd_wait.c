// cmd_wait.c: `bootleap wait`, until a ROM answers.
// SPDX-License-Identifier: MIT
#include "board_wait.h"
#include "json_value.h"
#include "plain_text.h"
#include "port.h"
#include "rom_version_text.h"
#include "shared_options.h"
#include "target_report.h"
#include "verb.h"

#include <stdio.h>

static void print(const struct target *target)
{
    char name[TARGET_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES];

    printf("ROM %s of %s answers on ", rom_version_text(target->rom_id, version),
           target_report_name(target, name));
    plain_text_print(stdout, target->bootloader->port);
    putchar('\n');
}

static int run(const struct options *options, struct problem *problem)
{
    struct progress progress;
    struct connection connection;
    struct target target;

    progress_start(&progress, "wait");
    struct connection_settings settings =
        options_connection(options, port_of(options, 0), &progress);
    if (settings.board_ms == 0) {
        settings.board_ms = OPTIONS_BOARD_S * 1000;
    }
    int error = board_wait_find(&connection, &settings, problem);
    if (error == 0) {
        error = target_identify(&target, connection.bootloader, problem);
    }
    if (error == 0 && options->json) {
        json_object_set_new(options->report, "port", json_value_string(target.bootloader->port));
        target_report_json(options->report, &target);
    } else if (error == 0) {
        print(&target);
    }
    connection_close(&connection);
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
    {NULL, rows}, {NULL, options_line}, {NULL, options_json}};

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
