// runnable.c: says by the row whether a device can be run.
// SPDX-License-Identifier: MIT
#include "runnable.h"

#include "cpu.h"

const char *runnable_why_not(const struct device *device)
{
    if (device->unlisted) {
        return "AN2606 does not name it: its ROM is not known";
    }
    if (!cpu_is_modelled(device->core)) {
        return "the CPU engine has no model of its core";
    }
    if (!device->rcc_registers->name || !device->peripherals->name) {
        return device->entry == ENTRY_NONE
                   ? "no way in is known, so nothing of it is modelled"
                   : "what its clock registers hold after a reset is not known";
    }
    return NULL;
}
