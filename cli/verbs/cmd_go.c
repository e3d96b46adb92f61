// cmd_go.c: `bootleap go`, has the ROM start what is in flash.
// SPDX-License-Identifier: MIT
#include "port.h"
#include "shared_options.h"
#include "target_quirks.h"
#include "verb.h"

#include <stdio.h>

// `address` is NULL where none was given.
static int start(struct target *target, const uint32_t *address, struct problem *problem)
{
    struct bootloader *bootloader = target->bootloader;
    bool tells = target->map.count > 0; // where its flash is, whichever device it is
    int error = address || tells ? 0 : target_require_device(target, NULL, problem);

    if (error) {
        return error;
    }
    if (target_go_fails(target)) {
        return problem_set(problem, EXIT_REFUSED, "reset the chip with BOOT0 low",
                           "go at %s: Go does not work in this version of the ROM",
                           bootloader->port);
    }
    uint32_t table = address ? *address
                     : tells ? target->map.runs[0].start
                             : target->device->flash.start;
    error = bootloader->ops->go(bootloader, table, problem);
    if (error) {
        return error;
    }
    printf("started at 0x%08X\n", table);
    return 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct progress progress;
    bool has_address = options->argument_count == 2;
    struct connection connection;
    struct target target;
    uint32_t address = 0;

    int error = has_address ? options_address(options->arguments[1], &address, problem) : 0;
    if (error) {
        return error;
    }
    progress_start(&progress, "go");
    struct connection_settings settings =
        options_connection(options, port_of(options, 0), &progress);
    settings.stays = has_address; // a reset would start what is at the start of flash
    error = connection_find(&connection, &settings, problem);
    if (error == 0) {
        error = target_identify(&target, connection.bootloader, problem);
    }
    if (error == 0) {
        error = start(&target, has_address ? &address : NULL, problem);
    }
    if (error) {
        port_explain(options, 0, problem);
    }
    connection_close(&connection);
    return error;
}

static const struct option_group groups[] = {{NULL, options_line}, {NULL, options_recover}};

const struct verb cmd_go = {
    .table = {.program = "bootleap",
              .verb = "go",
              .summary = "start the application from the ROM",
              .operands = "[PORT [ADDRESS]]",
              .values = {OPTION_PORT},
              .description =
                  "ADDRESS is that of a vector table, not of a function: the ROM loads the stack "
                  "pointer from its first word and jumps to its second one. Without ADDRESS: the "
                  "start of flash. Without PORT: the only STM32 ROM on USB.\n"
                  "\n"
                  "The ROM only says that it jumps. It cannot say whether the application runs.\n",
              .end = "Examples:\n"
                     "  bootleap go /dev/ttyACM0\n"
                     "  bootleap go /dev/ttyACM0 0x08010000\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 2,
    .run = run,
};
