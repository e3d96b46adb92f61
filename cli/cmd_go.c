// cmd_go.c: `bootleap go`, has the ROM start what is in flash.
// SPDX-License-Identifier: MIT
#include "rom.h"
#include "verb.h"

#include <stdio.h>

enum { FIND_MS = 1000 };

static int start(struct rom *rom, const struct options *options, struct problem *problem)
{
    uint32_t address = 0;
    int error;

    if (options->argument_count == 2) {
        error = options_address(options->arguments[1], &address, problem);
    } else {
        error = rom_require_device(rom, NULL, problem);
    }
    if (error) {
        return error;
    }
    if (options->argument_count < 2) {
        address = rom->device->flash.start;
    }
    error = an3155_go(&rom->protocol, address, problem);
    if (error) {
        return error;
    }
    printf("started at 0x%08X\n", address);
    return 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct link *link;
    struct rom rom;

    int error = link_open(&link, options->arguments[0], options->baud, PARITY_EVEN, problem);
    if (error) {
        return error;
    }
    error = rom_find(link, FIND_MS, problem);
    if (error == 0) {
        error = rom_identify(&rom, link, options->timeout_ms, problem);
    }
    if (error == 0) {
        error = start(&rom, options, problem);
    }
    link_close(link);
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
