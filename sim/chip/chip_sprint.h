// chip_sprint.h: lets the core run up to the next event without anybody looking.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_SPRINT_H
#define BOOTLEAP_SIM_CHIP_SPRINT_H

#include "chip_state.h"

// Goes on as chip_instruction() would, with the same result, as long as nothing happens that
// anybody could see: see chip->sprints.
void chip_sprint(struct chip *chip);

// Points at these addresses share a bit of watch_near.
static inline unsigned chip_watch_lane(uint32_t address)
{
    return address / 2 % 64;
}

// Has this instruction shown to whoever watches, always. To be called before the first reset.
void chip_watch_point(struct chip *chip, uint32_t address);

// Whether one of the instructions in this range is such a point.
bool chip_is_watched(const struct chip *chip, uint32_t address, uint32_t size);

#endif
