// register_file.c: IP blocks that are registers which keep what is written, and nothing more.
// SPDX-License-Identifier: MIT
#include "chip.h"

const struct block_type pwr_type = {
    .role = ROLE_POWER,
    .not_modelled =
        "everything but registers that keep what is written: no ready bits, no low power",
};

// On: its first register has the enable bit.
static void icache_use(struct block *block)
{
    bus_write(block->chip, block->peripheral->start, 4, 1);
}

const struct block_type icache_type = {
    .use = icache_use,
    .role = ROLE_CACHE,
    .layout = "CR SR IER FCR HMONR MMONR",
    .not_modelled = "everything but registers that keep what is written",
};

const struct block_type usb_type = {
    .role = ROLE_USB,
    .not_modelled = "everything but registers that keep what is written",
};
