// listing_without.c: a build without Capstone shows no instructions.
// SPDX-License-Identifier: MIT
#include "listing.h"

json_t *listing_pack(const struct firmware *firmware, uint32_t pc)
{
    (void)firmware;
    (void)pc;
    return json_array();
}
