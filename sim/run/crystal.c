// crystal.c: has the ROM find its crystal as the scenario says.
// SPDX-License-Identifier: MIT
#include "crystal.h"

bool crystal_is_found(struct run *run)
{
    unsigned chance = run->scenario->crystal_chance;

    if (!run->scenario->has_crystal_chance) {
        return run->handoffs >= run->scenario->crystal_after;
    }
    run->chance ^= run->chance << 13; // xorshift
    run->chance ^= run->chance >> 17;
    run->chance ^= run->chance << 5;
    return run->chance % 100 < chance;
}
