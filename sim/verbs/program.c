// program.c: what bootleap-sim says about itself.
// SPDX-License-Identifier: MIT
#include "program.h"

#include "matrix.h"
#include "runnable.h"
#include "scenario_options.h"
#include "sim_verbs.h"

static const struct option_table *verb(size_t index)
{
    static const struct option_table *const verbs[] = {&scenario_options, &matrix_options,
                                                       &devices_options};

    return index < sizeof verbs / sizeof *verbs ? verbs[index] : NULL;
}

static bool takes(const struct device *device)
{
    return runnable_why_not(device) == NULL;
}

static const struct program_term exits[] = {
    {"0", "done; for run: an entry was judged, and it is clean"},
    {"1", "failed"},
    {"2", "usage, or a file that cannot be used"},
    {"7", "findings; for run also: nothing entered, so nothing was judged"},
    {NULL, NULL},
};

static const struct program_term files[] = {
    {"/usr/share/bootleap", "the firmware library: sources, bootleap.mk"},
    {"/usr/share/doc/bootleap", "the documents"},
    {NULL, NULL},
};

static const struct program program = {
    .name = "bootleap-sim",
    .version = BOOTLEAP_VERSION,
    .title = "run STM32 firmware on a virtual chip and judge how it enters the system bootloader",
    .description =
        "bootleap-sim is a virtual STM32. It runs the firmware of a file, watches how the firmware "
        "enters the system bootloader (ST's ROM), and says which conditions hold there and what to "
        "change where one does not. It needs no board.\n",
    .examples = "  bootleap-sim run build/app.elf --device g47 --enter-at main\n"
                "  bootleap-sim run build/app.elf --device h723 --enter-after 1000000 --json\n",
    .exits = exits,
    .files = files,
    .verb = verb,
    .takes = takes,
};

const struct program *program_this(void)
{
    return &program;
}
