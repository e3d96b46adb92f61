// check_program.c: what bootleap-check says about itself.
// SPDX-License-Identifier: MIT
#include "program.h"

#include "check_request.h"

#include <stddef.h>

static const struct option_table *verb(size_t index)
{
    return index == 0 ? &check_request_options : NULL;
}

static bool takes(const struct device *device)
{
    (void)device;
    return true;
}

static const struct program_term exits[] = {
    {"0", "done: an entry was found, and no error in it"},
    {"1", "failed"},
    {"2", "usage, or a file that cannot be used"},
    {"7", "errors; also where nothing enters a ROM, and with --strict what is unknown"},
    {NULL, NULL},
};

static const struct program_term files[] = {
    {"/usr/share/bootleap", "the firmware library: sources, bootleap.mk"},
    {"/usr/share/doc/bootleap", "the documents"},
    {NULL, NULL},
};

static const struct program program = {
    .name = "bootleap-check",
    .version = BOOTLEAP_VERSION,
    .title = "read STM32 firmware and say whether it will enter the system bootloader",
    .description = "",
    .examples = "  bootleap-check build/app.elf --device h723\n"
                "  bootleap-check build/app.elf --json\n"
                "  bootleap-check --explain E5\n",
    .exits = exits,
    .files = files,
    .verb = verb,
    .takes = takes,
};

const struct program *program_this(void)
{
    return &program;
}
