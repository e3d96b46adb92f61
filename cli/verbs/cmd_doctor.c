// cmd_doctor.c: `bootleap doctor`, what on this computer keeps the tool from a board.
// SPDX-License-Identifier: MIT
#include "json_value.h"
#include "plain_text.h"
#include "port_list.h"
#include "shared_options.h"
#include "udev_rule.h"
#include "usb_ids.h"
#include "usb_list.h"
#include "verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PORT_BYTES = 40 };

// One thing that was looked at; `cause` is NULL where nothing is wrong with it.
static void add(json_t *found, const char *port, const char *what, const char *cause,
                const char *cure)
{
    json_t *object = json_object();

    json_object_set_new(object, "port", json_value_string(port));
    json_object_set_new(object, "what", what && what[0] ? json_value_string(what) : json_null());
    json_object_set_new(object, "ok", json_boolean(cause == NULL));
    json_object_set_new(object, "cause", cause ? json_value_string(cause) : json_null());
    json_object_set_new(object, "cure", cause ? json_value_string(cure) : json_null());
    json_array_append_new(found, object);
}

static void look_at_serial(const struct port_info *port, void *found)
{
    bool may = access(port->path, R_OK | W_OK) == 0;

    add(found, port->path, port->description, may ? NULL : strerror(errno),
        "become a member of the group that owns it (often dialout: sudo usermod -aG dialout "
        "$USER), then log in again");
}

static void look_at_usb(const struct usb_found *usb, void *found)
{
    const struct usb_id *id = usb_id_find(usb->vendor, usb->product);
    char port[PORT_BYTES];

    if (usb->roles & (USB_ROLE_DFU | USB_ROLE_RUNTIME)) {
        snprintf(port, sizeof port, "usb:%s", usb->path);
        add(found, port, id ? id->name : usb->name,
            usb_may_open(usb) ? NULL : "this user may not open it",
            "bootleap doctor --udev | sudo tee " UDEV_RULE_FILE
            ", sudo udevadm control --reload, then plug it in again");
    }
}

// Returns how many are wrong.
static size_t print(const json_t *found, bool json)
{
    size_t wrong = 0, i;
    const json_t *one;

    json_array_foreach (found, i, one) {
        bool ok = json_is_true(json_object_get(one, "ok"));
        const char *what = json_string_value(json_object_get(one, "what"));
        wrong += !ok;
        if (json) {
            continue;
        }
        printf("%-7s %-20s  ", ok ? "ok" : "wrong",
               json_string_value(json_object_get(one, "port")));
        plain_text_print(stdout, what ? what : "-");
        putchar('\n');
        if (!ok) {
            printf("        cause: %s\n        cure:  %s\n",
                   json_string_value(json_object_get(one, "cause")),
                   json_string_value(json_object_get(one, "cure")));
        }
    }
    return wrong;
}

static int look(const struct options *options, struct problem *problem)
{
    json_t *found = json_array();

    int error = port_list_each(look_at_serial, found, problem);
    int of_usb = usb_list_each(look_at_usb, found, problem);
    size_t count = json_array_size(found), wrong = print(found, options->json);

    error = error ? error : of_usb;
    if (options->json) {
        json_object_set_new(options->report, "looked_at", found);
    } else {
        json_decref(found);
    }
    if (error == 0 && count == 0) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "plug in the board; for USB start its ROM by BOOT0 and a reset, or have "
                           "its application enter it; a cable that has data lines",
                           "ports: this computer has no serial port, and no STM32 ROM on USB");
    }
    return error || wrong == 0 ? error
                               : problem_set(problem, EXIT_FAILED, "the cure below each",
                                             "%zu of %zu ports cannot be used", wrong, count);
}

static int run(const struct options *options, struct problem *problem)
{
    if (options->udev) {
        udev_rule_print(stdout);
        return 0;
    }
    return look(options, problem);
}

static const struct option_row rows[] = {
    {.name = "udev",
     .parse = option_flag,
     .help = "print the udev rule that lets the user at the screen use STM32 ROMs on USB, and "
             "nothing else",
     .place = OPTIONS_PLACE(bool, udev)},
    {.name = "json",
     .parse = option_flag,
     .help =
         "print one JSON object with key looked_at, a list with keys port, what, ok, cause, cure",
     .place = OPTIONS_PLACE(bool, json)},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, rows}};

const struct verb cmd_doctor = {
    .table = {.program = "bootleap",
              .verb = "doctor",
              .summary = "say what keeps this computer from using a board",
              .operands = "",
              .description = "Looks at each serial port and at each STM32 on USB: may this user "
                             "open it? What is wrong gets its cause and its cure. Exit code 0: "
                             "nothing is wrong, 1: something is, 3: nothing is there.\n",
              .end = "Example:\n"
                     "  bootleap doctor --udev | sudo tee " UDEV_RULE_FILE "\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 0,
    .run = run,
};
