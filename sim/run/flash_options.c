// flash_options.c: size, unique id and option bytes of the chip, as its ROM reads them.
// SPDX-License-Identifier: MIT
#include "flash_options.h"

#include "scenario.h"
#include "scenario_set.h"

#include <limits.h>

const struct option_row flash_options[] = {
    {.name = "flash-size",
     .argument = "KB",
     .parse = option_unsigned,
     .help = "it has so much flash (default: as the line's largest)",
     .place = OPTION_PLACE(struct scenario, unsigned, flash_kb),
     .least = 1,
     .most = UINT16_MAX},
    {.name = "size-register",
     .argument = "N",
     .parse = scenario_set_size_register,
     .help = "its flash size register holds N, whatever there is",
     .place = OPTION_PLACE(struct scenario, unsigned, size_register),
     .most = UINT16_MAX},
    {.name = "unique-id",
     .argument = "N",
     .parse = scenario_set_unique_id,
     .help = "the first word of its unique id is N: another chip of its kind, with another USB "
             "serial number (default 0x00340012)",
     .place = OPTION_PLACE(struct scenario, unsigned, unique_id),
     .most = UINT_MAX},
    {.name = "option-word",
     .argument = "ADDR=VALUE",
     .parse = scenario_add_option_word,
     .help = "its option bytes hold this value, which can lay out the flash otherwise and protect "
             "pages; may be given four times",
     .place = 0},
    {.name = NULL},
};
