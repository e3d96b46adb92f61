// hold.c: notices when a port changes that has to stay as it is.
// SPDX-License-Identifier: MIT
#include "hold.h"

#include "chip.h"

#include <string.h>

void hold_begin(struct chip *chip)
{
    struct hold *hold = &chip->hold;
    const struct peripheral *peripheral = hold->port ? hold->port->peripheral : NULL;

    if (!peripheral) {
        return;
    }
    hold->begun = true;
    hold->changed = false;
    memcpy(hold->registers, hold->port->registers, sizeof hold->registers);
    chip->rcc.held_register = peripheral->clock_register;
    chip->rcc.held_mask = peripheral->clock_mask;
}

void hold_look(struct chip *chip, const struct block *block)
{
    struct hold *hold = &chip->hold;

    if (hold->begun && block == hold->port) {
        hold->changed |= memcmp(hold->registers, block->registers, sizeof hold->registers) != 0;
    }
}
