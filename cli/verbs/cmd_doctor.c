// cmd_doctor.c: `bootleap doctor`, what keeps this computer from a board, and the cure.
// SPDX-License-Identifier: MIT
#include "device_name.h"
#include "doctor.h"
#include "doctor_report.h"
#include "port_list.h"
#include "shared_options.h"
#include "udev_rule.h"
#include "usb_ids.h"
#include "usb_list.h"
#include "verb.h"

#include <stdio.h>

enum { PORT_BYTES = 40 };

// What the verb has done so far.
struct visit {
    const struct options *options;
    json_t *looked_at; // NULL without --json
    size_t places, wrong;
    int error;
    struct problem *problem;
};

static void tell(struct visit *visit, const struct doctor_report *report)
{
    visit->places++;
    visit->wrong += report->count > 0;
    if (visit->looked_at) {
        json_array_append_new(visit->looked_at, doctor_report_json(report));
    } else if (!visit->options->quiet) {
        doctor_report_print(report);
    }
}

// Whether anything keeps the user from a port, without opening it.
static void look_at(struct visit *visit, const char *port, const char *what)
{
    const struct doctor_settings settings = {.root = "", .port = port, .passive = true};
    struct finding findings[FINDINGS];
    struct observations seen;

    int error = doctor_look(&seen, &settings, visit->problem);
    visit->error = visit->error ? visit->error : error;
    const struct doctor_report report = {port, what ? what : "", findings,
                                         diagnose(&seen, findings)};
    tell(visit, &report);
}

static void look_at_serial(const struct port_info *port, void *visit)
{
    look_at(visit, port->path, port->description);
}

static void look_at_usb(const struct usb_found *usb, void *visit)
{
    const struct usb_id *id = usb_id_find(usb->vendor, usb->product);
    char port[PORT_BYTES];

    if (usb->roles & (USB_ROLE_DFU | USB_ROLE_RUNTIME)) {
        snprintf(port, sizeof port, "usb:%s", usb->path);
        look_at(visit, port, id ? id->name : usb->name);
    }
}

// An adapter of which the system makes no port is in no list of ports.
static void look_for_adapters(struct visit *visit)
{
    struct finding findings[FINDINGS];
    struct observations seen;

    if (doctor_look_for_adapter(&seen, "")) {
        const struct doctor_report report = {seen.texts[TEXT_PORT], "serial adapter", findings,
                                             diagnose(&seen, findings)};
        tell(visit, &report);
    }
}

static int look_at_all(struct visit *visit, struct problem *problem)
{
    int error = port_list_each(look_at_serial, visit, problem);
    int of_usb = usb_list_each(look_at_usb, visit, problem);

    look_for_adapters(visit);
    error = error ? error : of_usb;
    error = error ? error : visit->error;
    if (error == 0 && visit->places == 0) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "plug in the board; for USB start its ROM by BOOT0 and a reset, or have "
                           "its application enter it; a cable that has data lines",
                           "ports: this computer has no serial port, and no STM32 ROM on USB");
    }
    if (error || visit->wrong == 0) {
        return error;
    }
    problem_set(problem, EXIT_FAILED, "the command below each", "%zu of %zu ports cannot be used",
                visit->wrong, visit->places);
    return problem_blame(problem, FAULT_COMPUTER);
}

// Whose fault it is, by how far the way was clear.
static enum fault fault_of(enum doctor_stage stage)
{
    static const enum fault faults[STAGES] = {
        [STAGE_PORT] = FAULT_LINE,   [STAGE_OPEN] = FAULT_COMPUTER, [STAGE_LINE] = FAULT_LINE,
        [STAGE_ANSWER] = FAULT_LINE, [STAGE_ROM] = FAULT_CHIP,      [STAGE_CHIP] = FAULT_CHIP,
    };

    return faults[stage];
}

static int look_at_one(struct visit *visit, struct problem *problem)
{
    const struct options *options = visit->options;
    struct doctor_settings settings = {.root = "",
                                       .port = options->arguments[0],
                                       .baud = options->baud,
                                       .timeout_ms = options->timeout_ms};
    struct finding findings[FINDINGS];
    struct observations seen;

    int error = options->device ? device_name_find_option(options->device, "bootleap devices",
                                                          &settings.device, problem)
                                : 0;
    error = error ? error : doctor_look(&seen, &settings, problem);
    if (error) {
        return error;
    }
    const struct doctor_report report = {settings.port, seen.texts[TEXT_CHIP], findings,
                                         diagnose(&seen, findings)};
    tell(visit, &report);
    if (report.count == 0) {
        return 0;
    }
    problem_set(problem, EXIT_FAILED, findings[0].command, "%s: %s", settings.port,
                findings[0].cause);
    return problem_blame(problem, fault_of(findings[0].rule->stage));
}

static int print_rule(const struct options *options, struct problem *problem)
{
    if (options->json || options->argument_count) {
        return problem_set(problem, EXIT_USAGE, "bootleap doctor --udev",
                           "--udev: it prints the rule and nothing else");
    }
    udev_rule_print(stdout);
    return 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct visit visit = {
        .options = options, .looked_at = options->report ? json_array() : NULL, .problem = problem};

    if (options->udev) {
        return print_rule(options, problem);
    }
    int error =
        options->argument_count ? look_at_one(&visit, problem) : look_at_all(&visit, problem);
    if (visit.looked_at) {
        json_object_set_new(options->report, "looked_at", visit.looked_at);
    }
    return error;
}

static const struct option_row rows[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "which chip it should be: its row tells of causes that cannot be seen",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = "udev",
     .parse = option_flag,
     .help = "print the udev rule that lets the user at the screen use STM32 ROMs on USB, and "
             "nothing else",
     .place = OPTIONS_PLACE(bool, udev)},
    {.name = "json",
     .parse = option_flag,
     .help = "print one JSON object with key looked_at, a list with keys port, what, ok, findings: "
             "a list with keys id, cause, evidence, cure, command, the likeliest first",
     .place = OPTIONS_PLACE(bool, json)},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {NULL, rows}, {NULL, options_line}, {NULL, options_quiet}};

const struct verb cmd_doctor = {
    .table =
        {.program = "bootleap",
         .verb = "doctor",
         .summary = "say what keeps this computer from a board, and the cure",
         .operands = "[PORT]",
         .values = {OPTION_PORT},
         .description =
             "Looks at each serial port and at each STM32 on USB: may you open it, and does "
             "another program have it? With a PORT it goes all the way to the chip, and stops "
             "where something is wrong: the port, its owner, the line, what answers, the ROM, the "
             "option bytes. It sends a few bytes, and changes nothing in the chip. What is wrong "
             "gets its cause, what was seen, and a command. Exit code 0: nothing is wrong, 1: "
             "something is, 3: nothing is there. docs/doctor.md lists all causes.\n",
         .end = "Examples:\n"
                "  bootleap doctor /dev/ttyUSB0\n"
                "  bootleap doctor /dev/ttyUSB0 --device g0b1\n"
                "  bootleap doctor --udev | sudo tee " UDEV_RULE_FILE "\n",
         .groups = groups,
         .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
