// cmd_list.c: `bootleap list`, the serial ports of this computer.
// SPDX-License-Identifier: MIT
#include "report.h"
#include "verb.h"

#include <libserialport.h>
#include <stdio.h>

static json_t *string_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static void add(json_t *ports, struct sp_port *port)
{
    json_t *object = json_object();
    char usb[16] = "";
    int vendor, product;

    if (sp_get_port_usb_vid_pid(port, &vendor, &product) == SP_OK) {
        snprintf(usb, sizeof usb, "%04X:%04X", (unsigned)vendor & 0xFFFF,
                 (unsigned)product & 0xFFFF);
    }
    json_object_set_new(object, "port", string_or_null(sp_get_port_name(port)));
    json_object_set_new(object, "description", string_or_null(sp_get_port_description(port)));
    json_object_set_new(object, "usb", string_or_null(usb[0] ? usb : NULL));
    json_object_set_new(object, "serial", string_or_null(sp_get_port_usb_serial(port)));
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
    struct sp_port **found;

    if (sp_list_ports(&found) != SP_OK) {
        return problem_set(problem, EXIT_FAILED, NULL,
                           "serial ports: this computer does not list them");
    }
    json_t *ports = json_array();
    for (size_t i = 0; found[i]; i++) {
        add(ports, found[i]);
    }
    sp_free_port_list(found);
    size_t count = json_array_size(ports);
    if (options->json) {
        report_json(ports);
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
