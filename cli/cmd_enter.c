// cmd_enter.c: `bootleap enter`, asks the running application to go to its ROM.
// SPDX-License-Identifier: MIT
#include "reach.h"
#include "report.h"
#include "verb.h"

#include <stdio.h>

static void print(const struct reach *reach, const struct rom *rom)
{
    char name[REPORT_NAME_BYTES], version[REPORT_VERSION_BYTES];

    printf("ROM %s of %s answers on %s%s\n", report_version(rom->id, version),
           report_name(rom, name), link_port(reach->rom),
           reach->asked ? "" : ", it was running already");
}

static void print_json(const struct reach *reach, const struct rom *rom)
{
    json_t *object = json_object();

    json_object_set_new(object, "port", json_string(link_port(reach->rom)));
    json_object_set_new(object, "asked", json_boolean(reach->asked));
    report_add_rom(object, rom);
    report_json(object);
}

static int run(const struct options *options, struct problem *problem)
{
    struct reach reach;
    struct rom rom;

    int error = reach_rom(&reach, options, options->arguments[0], false, problem);
    if (error == 0) {
        error = rom_identify(&rom, reach.rom, options->timeout_ms, problem);
    }
    if (error == 0 && options->json) {
        print_json(&reach, &rom);
    } else if (error == 0) {
        print(&reach, &rom);
    }
    reach_close(&reach);
    return error;
}

const struct verb cmd_enter = {
    .name = "enter",
    .summary = "get the running application into its ROM",
    .usage = "PORT [--text TEXT] [--app-baud N] [--rom-port PORT] [--baud N] [--timeout MS] "
             "[--json]",
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
        "  --json            one JSON object\n"
        "\n"
        "Examples:\n"
        "  bootleap enter /dev/ttyACM0\n"
        "  bootleap enter /dev/ttyACM0 --text 'update\\r' --app-baud 9600\n"
        "  bootleap enter /dev/ttyACM0 --rom-port /dev/ttyUSB0\n",
    .allowed = " text app-baud rom-port baud timeout json ",
    .least = 1,
    .most = 1,
    .run = run,
};
