// port.c: chooses a port where none was given, and says why that did not work.
// SPDX-License-Identifier: MIT
#include "port.h"

#include <string.h>

// Other devices in DFU mode may be anything: those are never chosen.
static const char rom_on_usb[] = "usb:0483:df11";

const char *port_of(const struct options *options, int number)
{
    return number < options->argument_count ? options->arguments[number] : rom_on_usb;
}

void port_explain(const struct options *options, int number, struct problem *problem)
{
    if (number < options->argument_count) {
        return;
    }
    if (problem->code == EXIT_NO_DEVICE && strncmp(problem->what, "open ", 5) == 0) {
        problem_set(problem, EXIT_NO_DEVICE,
                    "a PORT of bootleap list; or start the ROM by BOOT0 and a reset, with USB "
                    "plugged in",
                    "no PORT was given, and no STM32's ROM is on USB");
    }
}
