// cmd_enter.c: `bootleap enter`, asks the running application to go to its ROM.
// SPDX-License-Identifier: MIT
#include "json_value.h"
#include "port.h"
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
        options_connection(options, port_of(options, 0), &progress);
    int error = connection_enter(&connection, &settings, problem);
    if (error == 0) {
        error = target_identify(&target, connection.bootloader, problem);
    }
    if (error == 0 && options->json) {
        print_json(&connection, &target);
    } else if (error == 0) {
        print(&connection, &target);
    }
    if (error) {
        port_explain(options, 0, problem);
    }
    connection_close(&connection);
    return error;
}

const struct verb cmd_enter = {
    .name = "enter",
    .summary = "get the running application into its ROM",
    .usage = "[PORT] [--ask WAY] [--text TEXT] [--app-baud N] [--rom-port PORT] [--baud N]\n"
             "                      [--timeout MS] [--recover] [--json]",
    .help =
        "Asks the application and waits until its ROM answers. The application must call\n"
        "bootleap_enter() when it is asked. If the ROM runs already, nobody is asked. The chip\n"
        "stays in its ROM until `bootleap flash`, `bootleap go` or a reset.\n"
        "\n"
        "PORT is the application's serial port, or its place on USB (usb:1-2.3). The ROM is\n"
        "awaited on that serial line; where the application has a USB plug of its own, on USB at\n"
        "the same place. A device at another place is never taken. Without PORT: the only STM32\n"
        "ROM on USB.\n"
        "\n"
        "  --ask WAY         text: send TEXT over the serial port, the usual way; 1200: open and\n"
        "                    close the serial port at 1200 baud, as Arduino does; dfu: send\n"
        "                    DFU_DETACH, the usual way for a place on USB\n"
        "  --text TEXT       what to send, \"b\" if not given; \\r \\n \\t \\\\ \\xHH are "
        "understood\n"
        "  --app-baud N      of the application, 115200 if not given; always 8N1\n"
        "  --rom-port PORT   where the ROM answers, if that is another port; usb: on USB\n"
        "  --baud N          of the ROM, 115200 if not given; always 8E1\n"
        "  --timeout MS      wait no longer than this for any one answer of the ROM\n"
        "  --recover         free a ROM that another program left in the middle of a command, by\n"
        "                    bytes that may end it; docs/recovery.md says what they can change\n"
        "  --json            one JSON object\n"
        "\n"
        "Examples:\n"
        "  bootleap enter /dev/ttyACM0\n"
        "  bootleap enter /dev/ttyACM0 --text 'update\\r' --app-baud 9600\n"
        "  bootleap enter /dev/ttyACM0 --ask 1200\n"
        "  bootleap enter /dev/ttyACM0 --rom-port /dev/ttyUSB0\n",
    .allowed = " ask text app-baud rom-port baud timeout recover json ",
    .least = 0,
    .most = 1,
    .run = run,
};
