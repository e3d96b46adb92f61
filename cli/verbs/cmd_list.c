// cmd_list.c: `bootleap list`, what of this computer can be a PORT.
// SPDX-License-Identifier: MIT
#include "handle.h"
#include "json_value.h"
#include "plain_text.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>

enum { PORT_WIDTH = 20, USB_WIDTH = 9 };

static json_t *string_or_null(const char *text)
{
    return json_value_text(text ? text : "");
}

static json_t *holder_json(const struct libbootleap_port *port)
{
    json_t *object;

    if (port->holder_pid == 0) {
        return json_null();
    }
    object = json_object();
    json_object_set_new(object, "pid", json_integer((json_int_t)port->holder_pid));
    json_object_set_new(object, "name", string_or_null(port->holder));
    return object;
}

static void add(const struct libbootleap_port *port, void *ports)
{
    json_t *object = json_object();

    json_object_set_new(object, "port", string_or_null(port->port));
    json_object_set_new(object, "kind", json_value_string(port->kind));
    json_object_set_new(object, "description", string_or_null(port->description));
    json_object_set_new(object, "usb", string_or_null(port->usb));
    json_object_set_new(object, "serial", string_or_null(port->serial_number));
    json_object_set_new(object, "may_open", json_boolean(port->may_open));
    json_object_set_new(object, "holder", holder_json(port));
    json_array_append_new(ports, object);
}

static const char *value(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "-";
}

static void print_holder(const json_t *holder)
{
    if (json_is_object(holder)) {
        printf("; in use by ");
        plain_text_print(stdout, value(holder, "name"));
        printf(" (process %lld)", (long long)json_integer_value(json_object_get(holder, "pid")));
    }
}

static void print(const json_t *ports)
{
    for (size_t i = 0; i < json_array_size(ports); i++) {
        const json_t *port = json_array_get(ports, i);
        plain_text_column(stdout, value(port, "port"), PORT_WIDTH);
        printf("  ");
        plain_text_column(stdout, value(port, "usb"), USB_WIDTH);
        printf("  ");
        plain_text_print(stdout, value(port, "description"));
        if (json_is_string(json_object_get(port, "serial"))) {
            printf(", serial number ");
            plain_text_print(stdout, value(port, "serial"));
        }
        if (json_is_false(json_object_get(port, "may_open"))) {
            printf("; may not be opened: bootleap doctor ");
            plain_text_print(stdout, value(port, "port"));
        }
        print_holder(json_object_get(port, "holder"));
        putchar('\n');
    }
}

static int run(const struct options *options, struct problem *problem)
{
    json_t *ports = json_array();
    struct libbootleap_problem own;

    int error = libbootleap_list(add, ports, &own);
    if (!options->json) {
        print(ports);
        json_decref(ports);
    } else {
        json_object_set_new(options->report, "ports", ports);
    }
    return error ? handle_problem(&own, problem) : 0;
}

static const struct option_row rows[] = {
    {.name = "json",
     .parse = option_flag,
     .help = "print one JSON object with key ports, a list with keys port, kind (serial, dfu, "
             "application), description, usb, serial, may_open, holder (pid and name of the "
             "program that "
             "has it open, or null)",
     .place = OPTIONS_PLACE(bool, json)},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, rows}};

const struct verb cmd_list = {
    .table =
        {.program = "bootleap",
         .verb = "list",
         .summary = "show the serial ports, and the STM32 on USB",
         .operands = "",
         .description =
             "Prints one port per line: what the other verbs call PORT, the USB VENDOR:PRODUCT, a "
             "description, the serial number, whether you may open it, and which program has it "
             "open. "
             "A board with an ST-LINK is 0483:374B, :374E or "
             ":3754. The system bootloader of an STM32 on USB is 0483:DF11. An application that "
             "can be asked for it by DFU is there too. usb:1-2.3 is a place on USB, bus and ports: "
             "it stays the same when the board leaves and comes back.\n",
         .end = "Next:\n"
                "  bootleap flash build/app.elf /dev/ttyACM0\n"
                "  bootleap flash build/app.elf usb:1-2.3\n",
         .groups = groups,
         .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 0,
    .run = run,
};
