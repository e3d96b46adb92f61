// cmd_go.c: `bootleap go`, has the ROM start what is in flash.
// SPDX-License-Identifier: MIT
#include "target.h"
#include "verb.h"

#include <stdio.h>

static int start(struct target *target, const struct options *options, struct problem *problem)
{
    struct bootloader *bootloader = target->bootloader;
    uint32_t address = 0;
    int error;

    if (options->argument_count == 2) {
        error = options_address(options->arguments[1], &address, problem);
    } else {
        error = target_require_device(target, NULL, problem);
    }
    if (error) {
        return error;
    }
    if (options->argument_count < 2) {
        address = target->device->flash.start;
    }
    error = bootloader->ops->go(bootloader, address, problem);
    if (error) {
        return error;
    }
    printf("started at 0x%08X\n", address);
    return 0;
}

static int run(const struct options *options, struct problem *problem)
{
    const struct connection_settings settings = options_connection(options, options->arguments[0]);
    struct connection connection;
    struct target target;

    int error = connection_find(&connection, &settings, problem);
    if (error == 0) {
        error = target_identify(&target, connection.bootloader, problem);
    }
    if (error == 0) {
        error = start(&target, options, problem);
    }
    connection_close(&connection);
    return error;
}

const struct verb cmd_go = {
    .name = "go",
    .summary = "start the application from the ROM",
    .usage = "PORT [ADDRESS] [--baud N] [--timeout MS]",
    .help =
        "ADDRESS is that of a vector table, not of a function: the ROM loads the stack pointer\n"
        "from its first word and jumps to its second one. Without ADDRESS, the start of flash.\n"
        "The ROM only says that it jumps; it cannot say whether the application runs.\n"
        "\n"
        "  --baud N       of the ROM, 115200 if not given\n"
        "  --timeout MS   wait no longer than this for any one answer of the ROM\n"
        "\n"
        "Examples:\n"
        "  bootleap go /dev/ttyACM0\n"
        "  bootleap go /dev/ttyACM0 0x08010000\n",
    .allowed = " baud timeout ",
    .least = 1,
    .most = 2,
    .run = run,
};
