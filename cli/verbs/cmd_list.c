// cmd_list.c: `bootleap list`, what of this computer can be a PORT.
// SPDX-License-Identifier: MIT
#include "json_value.h"
#include "plain_text.h"
#include "port_holder.h"
#include "port_list.h"
#include "shared_options.h"
#include "system_files.h"
#include "usb_ids.h"
#include "usb_list.h"
#include "verb.h"

#include <stdio.h>

enum { PORT_BYTES = 40, ID_BYTES = 16 };

static json_t *string_or_null(const char *text)
{
    return text && text[0] ? json_value_string(text) : json_null();
}

// Who has it open, as far as we may know; `file` is what the system calls it.
static json_t *holder_of(const char *file)
{
    struct port_holder holder;
    json_t *object = NULL;

    if (port_holder_find(&holder, "", file)) {
        object = json_object();
        json_object_set_new(object, "pid", json_integer((json_int_t)holder.pid));
        json_object_set_new(object, "name", string_or_null(holder.name));
    }
    return object ? object : json_null();
}

static void add(json_t *ports, const char *kind, const struct port_info *port, bool may_open,
                const char *file)
{
    json_t *object = json_object();

    json_object_set_new(object, "port", string_or_null(port->path));
    json_object_set_new(object, "kind", json_value_string(kind));
    json_object_set_new(object, "description", string_or_null(port->description));
    json_object_set_new(object, "usb", string_or_null(port->usb));
    json_object_set_new(object, "serial", string_or_null(port->serial_number));
    json_object_set_new(object, "may_open", json_boolean(may_open));
    json_object_set_new(object, "holder", holder_of(file));
    json_array_append_new(ports, object);
}

static void add_serial(const struct port_info *port, void *ports)
{
    struct system_access access;

    system_access("", port->path, &access);
    add(ports, "serial", port, access.allowed, port->path);
}

// Serial ports on USB are among the serial ports.
static void add_usb(const struct usb_found *found, void *ports)
{
    const struct usb_id *id = usb_id_find(found->vendor, found->product);
    const char *kind = found->roles & USB_ROLE_DFU ? "dfu" : "application";
    char path[PORT_BYTES], usb[ID_BYTES], file[PORT_BYTES];

    if ((found->roles & (USB_ROLE_DFU | USB_ROLE_RUNTIME)) == 0) {
        return;
    }
    snprintf(path, sizeof path, "usb:%s", found->path);
    snprintf(usb, sizeof usb, "%04X:%04X", found->vendor, found->product);
    const struct port_info port = {.path = path,
                                   .description = id ? id->name : found->name,
                                   .usb = usb,
                                   .serial_number = found->serial};
    snprintf(file, sizeof file, "/dev/bus/usb/%03u/%03u", found->bus, found->address);
    add(ports, kind, &port, usb_may_open(found), file);
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
        printf("%-20s  %-9s  ", value(port, "port"), value(port, "usb"));
        plain_text_print(stdout, value(port, "description"));
        if (json_is_string(json_object_get(port, "serial"))) {
            printf(", serial number ");
            plain_text_print(stdout, value(port, "serial"));
        }
        if (json_is_false(json_object_get(port, "may_open"))) {
            printf("; may not be opened: bootleap doctor %s", value(port, "port"));
        }
        print_holder(json_object_get(port, "holder"));
        putchar('\n');
    }
}

static int run(const struct options *options, struct problem *problem)
{
    json_t *ports = json_array();

    int error = port_list_each(add_serial, ports, problem);
    int of_usb = usb_list_each(add_usb, ports, problem);
    size_t count = json_array_size(ports);

    if (of_usb && count == 0) {
        json_decref(ports);
        return of_usb;
    }
    if (options->json) {
        json_object_set_new(options->report, "ports", ports);
    } else {
        print(ports);
        json_decref(ports);
    }
    if (count == 0) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "plug in the board or the adapter and run it again",
                           error ? "ports: no STM32 ROM is on USB, and this computer does not "
                                   "list serial ports"
                                 : "ports: this computer has no serial port, and no STM32 ROM on "
                                   "USB");
    }
    return 0;
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
