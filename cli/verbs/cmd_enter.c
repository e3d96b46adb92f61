// cmd_enter.c: `bootleap enter`, asks the running application to go to its ROM.
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

static void print(const struct connection *connection, const struct target *target)
{
    char name[TARGET_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES];

    printf("ROM %s of %s answers on ", rom_version_text(target->rom_id, version),
           target_report_name(target, name));
    plain_text_print(stdout, target->bootloader->port);
    puts(connection->entry_requested ? "" : ", it was running already");
}

static void add_json(json_t *object, const struct connection *connection,
                     const struct target *target)
{
    json_object_set_new(object, "port", json_value_string(target->bootloader->port));
    json_object_set_new(object, "entry_requested", json_boolean(connection->entry_requested));
    target_report_json(object, target);
}

static int run(const struct options *options, struct problem *problem)
{
    struct progress progress;
    struct connection connection;
    struct target target;

    progress_start(&progress, "enter");
    struct connection_settings settings =
        options_connection(options, port_of(options, 0), &progress);
    settings.stays = true;
    int error = board_wait_enter(&connection, &settings, problem);
    if (error == 0) {
        error = target_identify(&target, connection.bootloader, problem);
    }
    if (error == 0 && options->json) {
        add_json(options->report, &connection, &target);
    } else if (error == 0) {
        print(&connection, &target);
    }
    if (error) {
        port_explain(options, 0, problem);
    }
    connection_close(&connection);
    return error;
}

static const struct option_group groups[] = {{NULL, options_wait},
                                             {NULL, options_application},
                                             {NULL, options_line},
                                             {NULL, options_recover},
                                             {NULL, options_json}};

const struct verb cmd_enter = {
    .table = {.program = "bootleap",
              .verb = "enter",
              .summary = "get the running application into its system bootloader",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "Asks the application and waits until its ROM answers. The application must call "
                  "bootleap_enter() when it is asked. If the ROM runs already, nobody is asked. "
                  "The chip stays in its ROM until `bootleap flash`, `bootleap go` or a reset.\n"
                  "\n"
                  "PORT is the application's serial port, or its place on USB (usb:1-2.3). The ROM "
                  "is awaited on that serial line. Where the application has a USB plug of its "
                  "own, the ROM is awaited on USB at the same place. A device at another place is "
                  "never taken. Without PORT: the only STM32 ROM on USB.\n",
              .end = "Examples:\n"
                     "  bootleap enter /dev/ttyACM0\n"
                     "  bootleap enter /dev/ttyACM0 --text 'update\\r' --app-baud 9600\n"
                     "  bootleap enter /dev/ttyACM0 --ask 1200\n"
                     "  bootleap enter /dev/ttyACM0 --ask betaflight\n"
                     "  bootleap enter /dev/ttyACM0 --rom-port /dev/ttyUSB0\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
