// usb_options.c: the options of a run that is a USB device for programs outside, a row each.
// SPDX-License-Identifier: MIT
#include "usb_options.h"

#include "wires.h"

#include <stdlib.h>
#include <string.h>

#define PLACE(type, member) OPTION_PLACE(struct scenario, type, member)

// "3240" or "192.168.1.2:3240".
static int set_usbip(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct scenario *scenario = request;
    const char *colon = strrchr(text, ':'), *port = colon ? colon + 1 : text;
    size_t length = colon ? (size_t)(colon - text) : 0;

    if (colon && (length == 0 || length >= sizeof scenario->usbip_address)) {
        return problem_set(problem, EXIT_USAGE, "an IPv4 address, 192.168.1.2:3240",
                           "--%s %s: is no address and port", row->name, text);
    }
    memcpy(scenario->usbip_address, text, length);
    scenario->usbip_address[length] = '\0';
    scenario->has_usbip = true;
    return option_unsigned(request, row, port, problem);
}

static const char *device_word(unsigned number)
{
    return application_usb_name((enum application_usb_kind)(number + 1)); // but for none
}

static const char *device_help(unsigned number)
{
    static const char *const texts[] = {
        "a serial port, 0483:5740; opened at 1200 baud and closed, it asks for the ROM",
        "the run-time interface of DFU, 1209:0001; DETACH asks for the ROM",
    };

    return texts[number];
}

static int set_device(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned number = 0;
    int error = option_word(&number, row, text, problem);

    if (!error) {
        scenario->usb_device = (enum application_usb_kind)(number + 1);
    }
    return error;
}

const struct option_row usb_options[] = {
    {.name = "usbip",
     .argument = "PORT",
     .parse = set_usbip,
     .help = "be a usbip server on 127.0.0.1, or, with ADDRESS:PORT, there for other machines; "
             "port 0 takes a free one. The ROM's DFU device is there while the ROM serves",
     .place = PLACE(unsigned, usbip_port),
     .most = UINT16_MAX},
    {.name = "usb-device",
     .argument = "WORD",
     .parse = set_device,
     .help = "while the application runs, a device is there that stands in for the application's "
             "own, whose USB is not modelled; what its host sends goes nowhere:",
     .words = device_word,
     .word_help = device_help},
    {.name = "usb-serial",
     .argument = "TEXT",
     .parse = option_text,
     .help =
         "... with this serial number (default: made from the unique id, as ST's USB library makes "
         "it)",
     .place = PLACE(const char *, usb_serial)},
    {.name = "usb-callback",
     .argument = "SYMBOL",
     .parse = option_text,
     .help = "... and the application is made to call this function when its host asks for the "
             "ROM (default: that of --entry)",
     .place = PLACE(const char *, usb_callback)},
    {.name = NULL},
};

// The options that need another one, which was not given.
static const char *alone(const struct scenario *scenario, const char **needs)
{
    *needs = "--usbip PORT besides";
    if (scenario->usb_device && !scenario->has_usbip) {
        return "--usb-device";
    }
    *needs = "--usb-device besides";
    if (scenario->usb_serial && !scenario->usb_device) {
        return "--usb-serial";
    }
    return scenario->usb_callback && !scenario->usb_device ? "--usb-callback" : NULL;
}

int usb_options_check(const struct scenario *scenario, struct problem *problem)
{
    const char *needs, *option = alone(scenario, &needs);
    unsigned usb = 1u << WIRE_USB;

    if (option) {
        return problem_set(problem, EXIT_USAGE, needs, "%s alone does nothing", option);
    }
    if (!scenario->has_usbip) {
        return 0;
    }
    if (!(wires_of(scenario->device, scenario->rom_version) & usb)) {
        return problem_set(problem, EXIT_USAGE, "`bootleap pins NAME` lists what it listens on",
                           "--usbip: the ROM of %s has no USB", scenario->device->slug);
    }
    if (scenario->wires && !(scenario->wires & usb)) {
        return problem_set(problem, EXIT_USAGE, "--interface with usb among its words",
                           "--usbip: --interface leaves USB out");
    }
    return 0;
}
