// pwr.c: power control, as plain registers.
// SPDX-License-Identifier: MIT
#include "block.h"

const struct block_behaviour pwr_behaviour = {
    .lacks = "everything but registers that keep what is written: no ready bits, no low power",
};
