// cmd_info.c: `bootleap info`, what the ROM says about itself and its chip.
// SPDX-License-Identifier: MIT
#include "board_wait.h"
#include "chip_report.h"
#include "device_name.h"
#include "json_value.h"
#include "plain_text.h"
#include "port.h"
#include "rom_version_text.h"
#include "shared_options.h"
#include "target_report.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>

static void print_detail(const struct bootloader_detail *detail, void *context)
{
    (void)context;
    printf("%-9s ", detail->label);
    plain_text_print(stdout, detail->text); // the device has written it
    putchar('\n');
}

static void add_detail(const struct bootloader_detail *detail, void *object)
{
    json_t *list = json_object_get(object, detail->key);

    if (!detail->is_list) {
        json_object_set_new(object, detail->key,
                            detail->is_number ? json_integer(strtol(detail->text, NULL, 10))
                                              : json_value_string(detail->text));
        return;
    }
    if (list == NULL) {
        list = json_array();
        json_object_set_new(object, detail->key, list);
    }
    json_array_append_new(list, json_value_string(detail->text));
}

static void print(const struct target *target)
{
    struct bootloader *bootloader = target->bootloader;
    char name[TARGET_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES],
        protocol[ROM_VERSION_TEXT_BYTES];

    printf("port      ");
    plain_text_print(stdout, bootloader->port);
    putchar('\n');
    if (bootloader->ops->tell) {
        bootloader->ops->tell(bootloader, print_detail, NULL);
    }
    printf("device    %s\n", target_report_name(target, name));
    printf("product   0x%03X\n", target_product(target));
    printf("ROM       %s\n", rom_version_text(target->rom_id, version));
    printf("protocol  %s\n", rom_version_text(bootloader->protocol_version, protocol));
    printf("commands ");
    for (unsigned i = 0; i < bootloader->command_count; i++) {
        printf("%s %s (0x%02X)", i ? "," : "", bootloader->commands[i].name,
               bootloader->commands[i].code);
    }
    putchar('\n');
    if (target->device) {
        chip_report_print(target);
    }
}

static void add_json(json_t *object, const struct target *target)
{
    struct bootloader *bootloader = target->bootloader;
    json_t *commands = json_array();

    for (unsigned i = 0; i < bootloader->command_count; i++) {
        json_array_append_new(commands, json_value_hex(bootloader->commands[i].code, 2));
    }
    json_object_set_new(object, "port", json_value_string(bootloader->port));
    if (bootloader->ops->tell) {
        bootloader->ops->tell(bootloader, add_detail, object);
    }
    target_report_json(object, target);
    json_object_set_new(object, "commands", commands);
    if (target->device) {
        chip_report_json(object, target);
    } else {
        json_object_set_new(object, "flash", json_null());
    }
}

static int identify(struct target *target, struct bootloader *bootloader,
                    const struct device *wanted, const char *named, struct problem *problem)
{
    int error = target_identify_as(target, bootloader, wanted, problem);

    if (error == 0 && (wanted || target->row_count > 1)) {
        error = target_require_device(target, wanted, problem);
    }
    target->asks_size = true;
    return error ? error : target_ask(target, named, problem);
}

static int run(const struct options *options, struct problem *problem)
{
    struct progress progress;
    const struct device *wanted = NULL;
    struct connection connection;
    struct target target;

    int error = options->device
                    ? device_name_find_option(options->device, "bootleap devices", &wanted, problem)
                    : 0;
    if (error) {
        return error;
    }
    progress_start(&progress, "info");
    const struct connection_settings settings =
        options_connection(options, port_of(options, 0), &progress);
    error = board_wait_find(&connection, &settings, problem);
    if (error == 0) {
        error = identify(&target, connection.bootloader, wanted, options->device, problem);
    }
    if (error == 0 && options->json) {
        add_json(options->report, &target);
    } else if (error == 0) {
        print(&target);
    }
    if (error) {
        port_explain(options, 0, problem);
    }
    connection_close(&connection);
    return error;
}

static const struct option_row rows[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "refuse every other chip; an ordering code tells the size of the flash too",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, rows},
                                             {NULL, options_wait},
                                             {NULL, options_line},
                                             {NULL, options_recover},
                                             {NULL, options_json}};

const struct verb cmd_info = {
    .table = {.program = "bootleap",
              .verb = "info",
              .summary = "say which chip and which ROM answer on a port",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "The system bootloader (ST's ROM) must run already: `bootleap enter PORT` gets a "
                  "running application there. Without PORT: the only STM32 ROM on USB.\n"
                  "\n"
                  "Changes nothing on the chip. The chip is asked for the size of its flash and "
                  "for its option bytes. What its ROM does not let be read is taken from the "
                  "largest chip of its line.\n"
                  "\n"
                  "PORT is a serial port, or a place on USB: usb:1-2.3 (bus and ports), "
                  "usb:serial=NUMBER, usb:0483:df11, or usb: for the only device in DFU mode. ROMs "
                  "on USB have no product id: the chip is the one whose flash and ROM version the "
                  "ROM shows.\n",
              .end = "Examples:\n"
                     "  bootleap info /dev/ttyACM0\n"
                     "  bootleap info usb:1-2.3\n"
                     "  bootleap info /dev/ttyUSB0 --json | jq -r .device\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
