// cmd_info.c: `bootleap info`, what the ROM says about itself and its chip.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "handle.h"
#include "json_value.h"
#include "plain_text.h"
#include "rom_version_text.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>

static void print_detail(const struct libbootleap_detail *detail, void *context)
{
    (void)context;
    printf("%-9s ", detail->label);
    plain_text_print(stdout, detail->text); // the device has written it
    putchar('\n');
}

static void add_detail(const struct libbootleap_detail *detail, void *object)
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

static void print_commands(const struct libbootleap *chip)
{
    const char *name;
    int code;

    printf("commands ");
    for (size_t i = 0; (code = libbootleap_command(chip, i, &name)) >= 0; i++) {
        printf("%s %s (0x%02X)", i ? "," : "", name, (unsigned)code);
    }
    putchar('\n');
}

static void print(struct libbootleap *handle)
{
    const struct libbootleap_chip *chip = libbootleap_chip(handle);
    char name[CHIP_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES],
        protocol[ROM_VERSION_TEXT_BYTES];

    printf("port      ");
    plain_text_print(stdout, chip->port);
    putchar('\n');
    libbootleap_details(handle, print_detail, NULL);
    printf("device    %s\n", chip_report_name(chip, name));
    printf("product   0x%03X\n", chip->product);
    printf("ROM       %s\n", rom_version_text(chip->rom_id, version));
    printf("protocol  %s\n", rom_version_text(chip->protocol, protocol));
    print_commands(handle);
    if (chip->device) {
        chip_report_print(chip);
    }
}

static void add_json(json_t *object, struct libbootleap *handle)
{
    const struct libbootleap_chip *chip = libbootleap_chip(handle);
    json_t *commands = json_array();
    const char *name;
    int code;

    for (size_t i = 0; (code = libbootleap_command(handle, i, &name)) >= 0; i++) {
        json_array_append_new(commands, json_value_hex((unsigned)code, 2));
    }
    chip_report_identity(object, chip);
    libbootleap_details(handle, add_detail, object);
    json_object_set_new(object, "commands", commands);
    if (chip->device) {
        chip_report_json(object, chip);
    } else {
        json_object_set_new(object, "flash", json_null());
    }
}

static int look(struct handle *handle, struct problem *problem)
{
    struct libbootleap_problem own;

    int error = handle_find(handle, problem);
    if (error) {
        return error;
    }
    return libbootleap_ask(handle->chip, &own) ? handle_problem(&own, problem) : 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct handle handle;

    int error = handle_open(&handle, "info", options, 0, problem);
    if (error == 0) {
        error = look(&handle, problem);
    }
    if (error == 0 && options->json) {
        add_json(options->report, handle.chip);
    } else if (error == 0 && !options->quiet) {
        print(handle.chip);
    }
    handle_close(&handle);
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

static const struct option_group groups[] = {{NULL, rows},         {NULL, options_wait},
                                             {NULL, options_line}, {NULL, options_recover},
                                             {NULL, options_json}, {NULL, options_quiet}};

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
