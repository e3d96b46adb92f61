// cmd_option.c: `bootleap option`, lists, reads and writes option bytes by ST's names.
// SPDX-License-Identifier: MIT
#include "device_name.h"
#include "json_value.h"
#include "option_loss.h"
#include "option_report.h"
#include "option_session.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

enum { WHAT, PORT, FIRST }; // arguments

// Those that are named; all, if none is. A wrong name is refused before anything is printed.
static int report_fields(const struct options *options, const struct device *device,
                         const struct option_bytes *read, struct problem *problem)
{
    const struct option_field *fields[OPTIONS_ARGUMENTS];
    int error = 0;

    for (int i = FIRST; error == 0 && i < options->argument_count; i++) {
        error = option_bytes_require(device, options->arguments[i], &fields[i], problem);
    }
    for (int i = FIRST; error == 0 && i < options->argument_count; i++) {
        option_report_fields(device, read, fields[i], options->report);
    }
    if (error == 0 && options->argument_count <= FIRST) {
        option_report_fields(device, read, NULL, options->report);
    }
    return error;
}

static int list(const struct options *options, const struct device *device, struct problem *problem)
{
    if (device->option_layout == NULL) {
        return problem_set(problem, EXIT_REFUSED, "a debug probe",
                           "%s: nobody has published where its ROM lets option bytes be read and "
                           "written",
                           device->name);
    }
    if (!options->json && options->argument_count <= FIRST) {
        printf("%s (%s)%s\n", device->name, device->slug,
               device->option_layout->inferred
                   ? ": how its ROM takes them is inferred from similar ones"
                   : "");
    }
    return report_fields(options, device, NULL, problem);
}

static int list_named(const struct options *options, struct problem *problem)
{
    const struct device *device = NULL;
    int error = device_name_find_option(options->device, "bootleap devices", &device, problem);

    return error ? error : list(options, device, problem);
}

static int read_fields(const struct options *options, struct option_session *session,
                       struct problem *problem)
{
    int error = option_bytes_require_layout(session->target, problem);

    if (error == 0) {
        error = report_fields(options, session->target->device, &session->before, problem);
    }
    if (error == 0 && session->before.state.count == 0) {
        return problem_set(
            problem, EXIT_REFUSED,
            "bootleap unprotect, which erases all flash, if it is readout protection",
            "chip at %s: its ROM lets no option bytes be read, as under readout "
            "protection",
            session->target->bootloader->port);
    }
    return error;
}

static int write_fields(const struct options *options, struct option_session *session,
                        struct problem *problem)
{
    struct option_plan plan;
    int error = option_bytes_require_layout(session->target, problem);

    option_plan_begin(&plan, session->target, &session->before);
    for (int i = FIRST; error == 0 && i < options->argument_count; i++) {
        error = option_plan_set_text(&plan, options->arguments[i], problem);
    }
    if (error == 0) {
        error = option_loss_require(&plan, options->losses, problem);
    }
    if (error) {
        return error;
    }
    option_report_plan(&plan, options->report);
    error = plan.count ? option_write(&session->after, &plan, problem) : 0;
    if (error == 0 && !options->json) {
        printf(plan.count ? "written, and read back after the reset\n"
                          : "nothing to change: the chip has these values\n");
    }
    return error;
}

static int check_arguments(const struct options *options, struct problem *problem)
{
    const char *what = options->arguments[WHAT];
    bool writes = strcmp(what, "write") == 0;

    if (!writes && strcmp(what, "read") != 0 && strcmp(what, "list") != 0) {
        char hint[160];
        snprintf(hint, sizeof hint, "bootleap option read %s", what);
        return problem_set(problem, EXIT_USAGE, hint, "\"%s\" is none of list, read and write",
                           what);
    }
    if (writes && options->argument_count <= FIRST) {
        return problem_set(problem, EXIT_USAGE, "bootleap option write PORT nBOOT0=1",
                           "option write needs a PORT, and a name with a value");
    }
    return 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct option_session session;
    int error = check_arguments(options, problem);

    if (error) {
        return error;
    }
    const char *what = options->arguments[WHAT];
    bool lists = strcmp(what, "list") == 0;
    if (lists && options->argument_count == 1 && options->device) {
        return list_named(options, problem);
    }
    error = option_session_open(&session, "option", options, PORT, problem);
    if (error == 0 && lists) {
        error = list(options, session.target->device, problem);
    } else if (error == 0 && strcmp(what, "read") == 0) {
        error = read_fields(options, &session, problem);
    } else if (error == 0) {
        error = write_fields(options, &session, problem);
    }
    option_session_close(&session);
    return error;
}

static const struct option_group groups[] = {{NULL, option_session_device},
                                             {"What a write may lose:", option_session_losses},
                                             {"The line:", options_line},
                                             {NULL, options_recover},
                                             {NULL, options_json}};

const struct verb cmd_option = {
    .table = {.program = "bootleap",
              .verb = "option",
              .summary = "list, read and write option bytes by ST's names",
              .operands = "list|read|write [PORT] [NAME[=VALUE]...]",
              .values = {OPTION_OTHER, OPTION_PORT},
              .description =
                  "list: the option bits of the chip at PORT, or of --device. read: their values. "
                  "write: changes those that are named, and keeps the others. The ROM must run "
                  "already.\n"
                  "\n"
                  "A write programs all option bytes of the chip at once. The chip resets itself "
                  "then. The values are read back when its ROM answers again, which it does where "
                  "BOOT0 is high. Do not take away power meanwhile: a chip whose option bytes are "
                  "half written can be lost.\n"
                  "\n"
                  "Each write prints the command line that takes it back. A write that can lose "
                  "something is refused, until an option says that it may.\n",
              .end = "Examples:\n"
                     "  bootleap option list --device g071\n"
                     "  bootleap option read /dev/ttyACM0\n"
                     "  bootleap option read usb: nBOOT0\n"
                     "  bootleap option write /dev/ttyACM0 nBOOT_SEL=0 --lose-the-rom\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 1,
    .most = OPTIONS_ARGUMENTS,
    .run = run,
};
