// held_port.c: notices when a port changes that has to stay as it is.
// SPDX-License-Identifier: MIT
#include "held_port.h"

#include "block.h"

#include <string.h>

void held_port_begin(struct held_port *held)
{
    if (held->port) {
        held->begun = true;
        held->changed = false;
        memcpy(held->registers, held->port->registers, sizeof held->registers);
    }
}

void held_port_look(struct held_port *held, const struct block *block)
{
    if (held->begun && block == held->port) {
        held->changed |= memcmp(held->registers, block->registers, sizeof held->registers) != 0;
    }
}
