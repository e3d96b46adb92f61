// program.c: what bootleap says about itself.
// SPDX-License-Identifier: MIT
#include "program.h"

#include "verb_table.h"

static const struct option_table *verb(size_t index)
{
    const struct verb *at = verb_table_at(index);

    return at ? &at->table : NULL;
}

static bool takes(const struct device *device)
{
    (void)device;
    return true;
}

static const struct program_term exits[] = {
    {"0", "done"},
    {"1", "failed"},
    {"2", "usage, or a file that cannot be used"},
    {"3", "no device: nothing is there, or nothing answers"},
    {"4", "several devices fit"},
    {"5", "refused by the chip"},
    {"6", "verify mismatch: what was read back differs from the file"},
    {NULL, NULL},
};

static const struct program_term files[] = {
    {"/usr/lib/udev/rules.d/70-bootleap.rules",
     "lets the user at the screen open an STM32 on USB; `bootleap doctor --udev` prints it"},
    {"/usr/share/doc/bootleap", "the documents"},
    {NULL, NULL},
};

static const struct program program = {
    .name = "bootleap",
    .version = BOOTLEAP_VERSION,
    .title = "enter the STM32 system bootloader, flash the chip, start the application",
    .description =
        "bootleap talks to the system bootloader of an STM32 (ST's ROM), over a serial port or "
        "over "
        "USB (DFU). It asks a running application to enter the system bootloader, writes a "
        "firmware file into the flash, and starts the application again.\n",
    .examples = "  bootleap list\n"
                "  bootleap flash build/app.elf /dev/ttyACM0\n",
    .exits = exits,
    .files = files,
    .verb = verb,
    .takes = takes,
};

const struct program *program_this(void)
{
    return &program;
}
