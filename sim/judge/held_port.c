// held_port.c: notices when a port changes that has to stay as it is.
// SPDX-License-Identifier: MIT
#include "held_port.h"

#include "chip.h"

#include <string.h>

void held_port_begin(struct chip *chip)
{
    struct held_port *hold = &chip->held_port;
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

void held_port_look(struct chip *chip, const struct block *block)
{
    struct held_port *hold = &chip->held_port;

    if (hold->begun && block == hold->port) {
        hold->changed |= memcmp(hold->registers, block->registers, sizeof hold->registers) != 0;
    }
}
