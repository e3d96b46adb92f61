// cmd_list.c: `bootleap list`, the serial ports of this computer.
// SPDX-License-Identifier: MIT
#include "json_value.h"
#include "port_list.h"
#include "verb.h"

#include <stdio.h>

static json_t *string_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static void add(const struct port_info *port, void *ports)
{
    json_t *object = json_object();

    json_object_set_new(object, "port", string_or_null(port->path));
    json_object_set_new(object, "description", string_or_null(port->description));
    json_object_set_new(object, "usb", string_or_null(port->usb));
    json_object_set_new(object, "serial", string_or_null(port->serial_number));
    json_array_append_new(ports, object);
}

static const char *value(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "-";
}

static void print(const json_t *ports)
{
    for (size_t i = 0; i < json_array_size(ports); i++) {
        const json_t *port = json_array_get(ports, i);
        printf("%-20s  %-9s  %s\n", value(port, "port"), value(port, "usb"),
               value(port, "description"));
    }
}

static int run(const struct options *options, struct problem *problem)
{
    json_t *ports = json_array();

    int error = port_list_each(add, ports, problem);
    if (error) {
        json_decref(ports);
        return error;
    }
    size_t count = json_array_size(ports);
    if (options->json) {
        json_value_print(ports);
    } else {
        print(ports);
        json_decref(ports);
    }
    if (count == 0) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "plug in the board or the adapter and run it again",
                           "serial ports: there is none on this computer");
    }
    return 0;
}

const struct verb cmd_list = {
    .name = "list",
    .summary = "show the serial ports of this computer",
    .usage = "[--json]",
    .help = "Prints one port per line: its path, the USB VENDOR:PRODUCT of the adapter, its\n"
            "description. A board with an ST-LINK shows up as 0483:374B, :374E or :3754.\n"
            "The path is what the other verbs call PORT.\n"
            "\n"
            "  --json   one JSON array, with the adapter's serial number\n"
            "\n"
            "Next:\n"
            "  bootleap flash build/app.elf /dev/ttyACM0\n",
    .allowed = " json ",
    .least = 0,
    .most = 0,
    .run = run,
};
