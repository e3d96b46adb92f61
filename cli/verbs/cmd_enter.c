// cmd_enter.c: `bootleap enter`, asks the running application to go to its ROM.
// SPDX-License-Identifier: MIT
#include "json_value.h"
#include "rom_version_text.h"
#include "target_report.h"
#include "verb.h"

#include <stdio.h>

static void print(const struct connection *connection, const struct target *target)
{
    char name[TARGET_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES];

    printf("ROM %s of %s answers on %s%s\n", rom_version_text(target->rom_id, version),
           target_report_name(target, name), target->bootloader->port,
           connection->entry_requested ? "" : ", it was running already");
}

static void print_json(const struct connection *connection, const struct target *target)
{
    json_t *object = json_object();

    json_object_set_new(object, "port", json_string(target->bootloader->port));
    json_object_set_new(object, "entry_requested", json_boolean(connection->entry_requested));
    target_report_json(object, target);
    json_value_print(object);
}

static int run(const struct options *options, struct problem *problem)
{
    struct progress progress;
    struct connection connection;
    struct target target;

    progress_start(&progress, "enter");
    const struct connection_settings settings =
        options_connection(options, options->arguments[0], &progress);
    int error = connection_enter(&connection, &settings, problem);
    if (error == 0) {
        error = target_identify(&target, connection.bootloader, problem);
    }
    if (error == 0 && options->json) {
        print_json(&connection, &target);
    } else if (error == 0) {
        print(&connection, &target);
    }
    connection_close(&connection);
    return error;
}

const struct verb cmd_enter = {
    .name = "enter",
    .summary = "get the running application into its ROM",
    .usage = "PORT [--text TEXT] [--app-baud N] [--rom-port PORT] [--baud N] [--timeout MS]\n"
             "                      [--recover] [--json]",
    .help =
        "Sends TEXT to the application and waits until its ROM answers. The application must\n"
        "call bootleap_enter() when it receives TEXT. If the ROM runs already, nothing is sent.\n"
        "The chip stays in its ROM until `bootleap flash`, `bootleap go` or a reset.\n"
        "\n"
        "  --text TEXT       what to send, \"b\" if not given; \\r \\n \\t \\\\ \\xHH are "
        "understood\n"
        "  --app-baud N      of the application, 115200 if not given; always 8N1\n"
        "  --rom-port PORT   where the ROM answers, if that is another port\n"
        "  --baud N          of the ROM, 115200 if not given; always 8E1\n"
        "  --timeout MS      wait no longer than this for any one answer of the ROM\n"
        "  --recover         free a ROM that another program left in the middle of a command, by\n"
        "                    bytes that may end it; docs/recovery.md says what they can change\n"
        "  --json            one JSON object\n"
        "\n"
        "Examples:\n"
        "  bootleap enter /dev/ttyACM0\n"
        "  bootleap enter /dev/ttyACM0 --text 'update\\r' --app-baud 9600\n"
        "  bootleap enter /dev/ttyACM0 --rom-port /dev/ttyUSB0\n",
    .allowed = " text app-baud rom-port baud timeout recover json ",
    .least = 1,
    .most = 1,
    .run = run,
};
