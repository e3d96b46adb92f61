// option_readout.c: plans readout protection level 1.
// SPDX-License-Identifier: MIT
#include "option_readout.h"

enum { LEVEL_1 = 0xBB, LEVEL_1_ELSE = 0x55 }; // any value but those of other levels

bool option_readout_has_command(const struct target *target)
{
    return target->bootloader->operations & BOOTLOADER_PROTECT_READOUT;
}

int option_readout_plan(struct option_plan *plan, struct problem *problem)
{
    const struct readout_protection *readout = &plan->target->device->readout_protection;
    const struct option_field *field = option_bytes_find(plan->target->device, "RDP");
    bool taken = readout->level_half == LEVEL_1 || readout->level_2 == LEVEL_1;

    if (field == NULL || field->risk != OPTION_RISK_READOUT) {
        return problem_set(problem, EXIT_REFUSED, "a debug probe, and ST's manual of this series",
                           "chip at %s: %s has no readout protection level 1 that a ROM can set",
                           plan->target->bootloader->port, plan->target->device->name);
    }
    return option_plan_set(plan, field, taken ? LEVEL_1_ELSE : LEVEL_1, problem);
}
