// register_file.c: IP blocks that are registers which keep what is written, and nothing more.
// SPDX-License-Identifier: MIT
#include "block.h"

const struct block_behaviour pwr_behaviour = {
    .not_modelled =
        "everything but registers that keep what is written: no ready bits, no low power",
};

const struct block_behaviour register_file_behaviour = {
    .not_modelled = "everything but registers that keep what is written",
};
