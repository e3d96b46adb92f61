// cmd_enter.c: `bootleap enter`, asks the running application to go to its ROM.
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
    puts(chip->entered ? "" : ", it was running already");
}

static int run(const struct options *options, struct problem *problem)
{
    struct options entering = *options;
    struct handle handle;

    entering.no_go = true; // DTR and RTS that entered the ROM do not leave it
    int error = handle_open(&handle, "enter", &entering, 0, problem);
    if (error == 0) {
        error = handle_enter(&handle, problem);
    }
    const struct libbootleap_chip *chip = error ? NULL : libbootleap_chip(handle.chip);
    if (chip && options->json) {
        json_object_set_new(options->report, "entry_requested", json_boolean(chip->entered));
        chip_report_identity(options->report, chip);
    } else if (chip && !options->quiet) {
        print(chip);
    }
    handle_close(&handle);
    return error;
}

static const struct option_group groups[] = {{NULL, options_wait}, {NULL, options_application},
                                             {NULL, options_line}, {NULL, options_recover},
                                             {NULL, options_json}, {NULL, options_quiet}};

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
